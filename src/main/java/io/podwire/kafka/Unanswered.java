package io.podwire.kafka;

import org.apache.kafka.common.errors.TimeoutException;

import java.util.concurrent.ExecutionException;

/// Kafka did not answer in time, or refused; the message is one sentence that names the brokers.
public final class Unanswered extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unanswered(String what, BrokerAddresses brokers, Exception failure) {
        super(what + ": " + why(cause(failure), brokers), failure);
    }

    private Unanswered(String sentence, Exception failure) {
        super(sentence, failure);
    }

    /// None of the brokers' names has an address.
    static Unanswered unresolved(BrokerAddresses brokers, Exception failure) {
        return new Unanswered(
                "cannot resolve any name in kafka.bootstrap.servers: " + brokers.diagnosis(),
                failure);
    }

    private static String why(Throwable cause, BrokerAddresses brokers) {
        return cause instanceof TimeoutException
                ? "%s (%s)".formatted(cause.getMessage(), brokers.diagnosis())
                : String.valueOf(cause.getMessage());
    }

    private static Throwable cause(Exception failure) {
        return failure instanceof ExecutionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }
}
