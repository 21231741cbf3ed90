package io.podwire.http;

/// What a check found. The detail is one short sentence for the person who reads the probe's answer.
public sealed interface Health {
    String detail();

    record Good(String detail) implements Health {}

    record Bad(String detail) implements Health {}
}
