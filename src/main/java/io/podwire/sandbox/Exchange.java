package io.podwire.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

import java.io.IOException;
import java.util.Optional;

/// One call in hand: its request, its body, the fault that it meets, and the way to answer it.
///
/// Confined to the event loop.
final class Exchange {
    private final HttpServerRequest http;
    private final ApiRequest request;
    private final Buffer body;
    private final Optional<Fault> fault;
    private final RequestLog log;

    Exchange(
            HttpServerRequest http,
            ApiRequest request,
            Buffer body,
            Optional<Fault> fault,
            RequestLog log) {
        this.http = http;
        this.request = request;
        this.body = body;
        this.fault = fault;
        this.log = log;
    }

    HttpServerRequest http() {
        return http;
    }

    ApiRequest request() {
        return request;
    }

    Optional<Fault> fault() {
        return fault;
    }

    boolean bodyless() {
        return body.length() == 0;
    }

    ObjectNode object() {
        try {
            return Json.parse(body.getBytes());
        } catch (IOException e) {
            throw ApiFailure.badRequest(
                    "the object provided is unrecognized (must be of type Pod): couldn't get"
                            + " version/kind; json parse error: "
                            + e.getMessage());
        }
    }

    void answer(int code, JsonNode answer) {
        send(code, "application/json", Buffer.buffer(Json.bytes(answer)));
    }

    void text(int code, String text) {
        send(code, "text/plain; charset=utf-8", Buffer.buffer(text));
    }

    void noContent() {
        log.add(request.answered(204));
        http.response().setStatusCode(204).end();
    }

    void fail(ApiFailure failure) {
        answer(failure.code(), failure.status());
    }

    void answer(Fault.Answer wrong) {
        wrong.retryAfter()
                .ifPresent(
                        time ->
                                http.response()
                                        .putHeader("Retry-After", Long.toString(time.toSeconds())));
        wrong.plainText()
                .ifPresentOrElse(
                        text -> text(wrong.status(), text),
                        () ->
                                answer(
                                        wrong.status(),
                                        ApiFailure.status(
                                                wrong.status(),
                                                reason(wrong.status()),
                                                "a fault put in by a test",
                                                Json.object())));
    }

    private static String reason(int status) {
        return switch (status) {
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "NotFound";
            case 409 -> "Conflict";
            case 410 -> "Expired";
            case 429 -> "TooManyRequests";
            case 503 -> "ServiceUnavailable";
            case 504 -> "Timeout";
            default -> "InternalError";
        };
    }

    /// Notes that there will be no answer.
    void leaveUnanswered() {
        log.add(request);
    }

    void drop() {
        leaveUnanswered();
        http.connection().close();
    }

    /// Notes the status of an answer that is streamed by someone else.
    void streamed(int code) {
        log.add(request.answered(code));
    }

    private void send(int code, String type, Buffer content) {
        log.add(request.answered(code));
        if (fault.filter(Fault.LoseResponse.class::isInstance).isPresent()) {
            http.connection().close();
            return;
        }
        http.response().setStatusCode(code).putHeader("Content-Type", type).end(content);
    }
}
