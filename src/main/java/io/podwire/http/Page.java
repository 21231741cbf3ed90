package io.podwire.http;

import java.util.HashMap;
import java.util.Map;

/// One answer: status, headers, text in UTF-8.
record Page(int status, Map<String, String> headers, String text) {
    private static final String TYPE = "Content-Type";
    private static final Map<String, String> PLAIN = Map.of(TYPE, "text/plain; charset=utf-8");

    Page {
        headers = Map.copyOf(headers);
    }

    static Page json(int status, String text) {
        return new Page(
                status, Map.of(TYPE, "application/json", "Cache-Control", "no-store"), text);
    }

    static Page metrics(String text) {
        return new Page(200, Map.of(TYPE, "text/plain; version=0.0.4; charset=utf-8"), text);
    }

    static Page notFound() {
        return new Page(
                404, PLAIN, "not found; there are /livez, /readyz, /startupz and /metrics\n");
    }

    static Page methodNotAllowed() {
        Map<String, String> headers = new HashMap<>(PLAIN);
        headers.put("Allow", "GET, HEAD");
        return new Page(405, headers, "only GET and HEAD\n");
    }

    static Page failed() {
        return new Page(500, PLAIN, "failed; see the log\n");
    }
}
