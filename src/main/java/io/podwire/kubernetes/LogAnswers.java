package io.podwire.kubernetes;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.podwire.logs.LogSource.Opened;

import java.util.Optional;

/// What the API server means when it answers a request for a log with no log.
final class LogAnswers {
    private static final int MESSAGE_CHARS = 1000;

    private final KubernetesSerialization serialization;

    LogAnswers(KubernetesSerialization serialization) {
        this.serialization = serialization;
    }

    Opened of(int code, String body) {
        String message = message(code, body);
        return switch (code) {
            case 204 -> new Opened.Waiting("the pod has no node yet");
            case 400 -> ofBadRequest(message);
            case 403 -> new Opened.Forbidden(message);
            case 404 -> new Opened.NoPod();
            default -> new Opened.Unavailable(message);
        };
    }

    private static Opened ofBadRequest(String message) {
        if (message.contains("waiting to start")) {
            return new Opened.Waiting(message);
        }
        if (message.contains("previous terminated container")) {
            return new Opened.NoPrevious();
        }
        if (message.contains("is not valid for pod") || message.contains("choose one of")) {
            return new Opened.NoContainer(message);
        }
        return new Opened.Unavailable(message);
    }

    /// The message of the `Status` in the body; a proxy's body is text or nothing.
    private String message(int code, String body) {
        String text = statusMessage(body).orElse(body.strip());
        String said = text.isEmpty() ? "HTTP " + code : text;
        return said.substring(0, Math.min(said.length(), MESSAGE_CHARS));
    }

    private Optional<String> statusMessage(String body) {
        try {
            return Optional.ofNullable(serialization.unmarshal(body, Status.class))
                    .map(Status::getMessage);
        } catch (RuntimeException _) {
            return Optional.empty(); // not JSON
        }
    }
}
