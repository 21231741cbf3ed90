package io.podwire.kafka;

/// The names of the headers that a dead letter adds to those of its record.
final class LetterHeaders {
    /// Before the others, and only where the record is left out.
    static final String OMITTED = "podwire-error-omitted";

    static final String TOPIC = "__dlq.errors.topic";
    static final String PARTITION = "__dlq.errors.partition";
    static final String OFFSET = "__dlq.errors.offset";
    static final String GROUP = "__dlq.errors.group";
    static final String MESSAGE = "__dlq.errors.message";
    static final String CODE = "podwire-error-code";
    static final String REASON = "podwire-error-reason";
    static final String POINTER = "podwire-error-pointer";

    private LetterHeaders() {}
}
