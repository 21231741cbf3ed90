package io.podwire.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// One answer: status, headers, text in UTF-8.
record Page(int status, Map<String, String> headers, String text) {
    private static final String TYPE = "Content-Type";
    private static final Map<String, String> PLAIN = Map.of(TYPE, "text/plain; charset=utf-8");

    /// No script and no style but our own files, and nothing from or to anywhere else.
    private static final Map<String, String> LOCKED =
            Map.of(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                            + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                            + " frame-ancestors 'none'",
                    "X-Content-Type-Options",
                    "nosniff",
                    "Referrer-Policy",
                    "no-referrer",
                    "Cross-Origin-Resource-Policy",
                    "same-origin");

    Page {
        headers = Map.copyOf(headers);
    }

    static Page json(int status, String text) {
        return new Page(
                status,
                Map.of(
                        TYPE,
                        "application/json",
                        "Cache-Control",
                        "no-store",
                        "X-Content-Type-Options",
                        "nosniff"),
                text);
    }

    static Page metrics(String text) {
        return new Page(200, Map.of(TYPE, "text/plain; version=0.0.4; charset=utf-8"), text);
    }

    /// A file of the console. It may be kept, and is asked for whenever it is used: another version has another tag.
    static Page asset(String type, String text, String tag) {
        Map<String, String> headers = new HashMap<>(LOCKED);
        headers.put(TYPE, type);
        headers.put("Cache-Control", "no-cache");
        headers.put("ETag", tag);
        return new Page(200, headers, text);
    }

    /// The same, for whoever has it already.
    Page unlessHeld(Optional<String> tag) {
        boolean held = tag.isPresent() && tag.get().equals(headers.get("ETag"));
        return held ? new Page(304, headers, "") : this;
    }

    static Page notFound() {
        return new Page(
                404, PLAIN, "not found; there are /livez, /readyz, /startupz and /metrics\n");
    }

    static Page badRequest(String why) {
        return new Page(400, PLAIN, why + "\n");
    }

    static Page unavailable(String why) {
        return new Page(503, PLAIN, why + "\n");
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
