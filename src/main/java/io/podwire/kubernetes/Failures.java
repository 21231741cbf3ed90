package io.podwire.kubernetes;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.podwire.execute.ApiFailure;
import io.podwire.execute.ApiFailure.Sent;
import io.podwire.protocol.CommandError.Cause;

import org.jspecify.annotations.Nullable;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import javax.net.ssl.SSLHandshakeException;

/// What went wrong with a request, in our words.
final class Failures {
    private static final int MAX_DEPTH = 16;

    private final KubernetesSerialization serialization;

    Failures(KubernetesSerialization serialization) {
        this.serialization = serialization;
    }

    ApiFailure answered(HttpResponse<String> response) {
        String body = Objects.requireNonNullElse(response.body(), "");
        Status status = status(body);
        Optional<StatusDetails> details = Optional.ofNullable(status.getDetails());
        List<StatusCause> causes =
                details.map(StatusDetails::getCauses)
                        .map(all -> all.stream().filter(Objects::nonNull).toList())
                        .orElse(List.of());
        return new ApiFailure(
                response.code(),
                text(status.getReason()),
                status.getMessage() == null ? bare(response, body) : status.getMessage(),
                text(details.map(StatusDetails::getKind).orElse(null)),
                causes.stream()
                        .map(cause -> new Cause(text(cause.getField()), text(cause.getMessage())))
                        .toList(),
                causes.stream().map(cause -> text(cause.getReason())).toList(),
                retryAfter(response, details),
                response.code() >= 500 || response.code() == 408 ? Sent.MAYBE : Sent.NOT_SENT);
    }

    /// Load balancers and throttling answer in plain text or HTML: then an empty one.
    private Status status(String body) {
        if (!body.startsWith("{")) {
            return new Status();
        }
        try {
            Status status = serialization.unmarshal(body, Status.class);
            return status == null || !"Status".equals(status.getKind()) ? new Status() : status;
        } catch (RuntimeException e) {
            return new Status(); // not from an API server
        }
    }

    private static String bare(HttpResponse<String> response, String body) {
        String line = body.lines().findFirst().orElse("").strip();
        // Whole: it is cut where the command's secrets are taken out of it, which a cut would hide.
        return "HTTP " + response.code() + (line.isEmpty() ? "" : ": " + line);
    }

    private static Optional<Duration> retryAfter(
            HttpResponse<String> response, Optional<StatusDetails> details) {
        Optional<Long> header =
                Optional.ofNullable(response.header("Retry-After"))
                        .map(String::strip)
                        // The other form, a date, is not what API servers send.
                        .filter(value -> value.matches("[0-9]{1,6}"))
                        .map(Long::valueOf);
        return header.or(
                        () ->
                                details.map(StatusDetails::getRetryAfterSeconds)
                                        .map(Integer::longValue))
                .filter(seconds -> seconds > 0)
                .map(Duration::ofSeconds);
    }

    static ApiFailure unanswered(Throwable failure) {
        boolean nothingSent = chain(failure).anyMatch(Failures::beforeAnythingIsSent);
        return ApiFailure.unanswered(nothingSent ? Sent.NOT_SENT : Sent.MAYBE, told(failure));
    }

    private static boolean beforeAnythingIsSent(Throwable failure) {
        // Netty's connect time-out is a ConnectException too.
        return failure instanceof ConnectException
                || failure instanceof UnknownHostException
                || failure instanceof UnresolvedAddressException
                || failure instanceof NoRouteToHostException
                || failure instanceof SSLHandshakeException;
    }

    /// In one line: the API server's own sentence where there is one.
    static String told(Throwable failure) {
        return chain(failure)
                .filter(KubernetesClientException.class::isInstance)
                .map(each -> ((KubernetesClientException) each).getStatus())
                .filter(Objects::nonNull)
                .map(Status::getMessage)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> ofRoot(failure));
    }

    private static String ofRoot(Throwable failure) {
        Throwable root = chain(failure).reduce((first, second) -> second).orElse(failure);
        String message = Objects.requireNonNullElse(root.getMessage(), "");
        return root.getClass().getSimpleName() + (message.isEmpty() ? "" : ": " + message);
    }

    private static Stream<Throwable> chain(Throwable failure) {
        // fabric8's exceptions can be their own cause.
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MAX_DEPTH);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
