package io.podwire.kafka;

import java.util.concurrent.ExecutionException;

/// Kafka did not answer in time, or refused.
public final class Unanswered extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unanswered(String what, Exception failure) {
        super(what + ": " + cause(failure).getMessage(), failure);
    }

    private static Throwable cause(Exception failure) {
        return failure instanceof ExecutionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }
}
