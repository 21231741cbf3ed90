package io.podwire.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// One call on the simulated API server.
///
/// @param caller the client's `User-Agent`
/// @param query the raw query string, without the question mark
/// @param status what was answered; 0 while, or if, there is no answer
public record ApiRequest(
        Instant at, String caller, String method, String path, String query, int status) {
    ApiRequest answered(int code) {
        return new ApiRequest(at, caller, method, path, query, code);
    }

    /// The decoded value of a query parameter.
    public Optional<String> parameter(String name) {
        return Arrays.stream(query.split("&", -1))
                .filter(part -> part.equals(name) || part.startsWith(name + "="))
                .map(part -> part.substring(Math.min(part.length(), name.length() + 1)))
                .map(value -> URLDecoder.decode(value, StandardCharsets.UTF_8))
                .findFirst();
    }

    String parameterOr(String name, String other) {
        return parameter(name).orElse(other);
    }

    boolean flag(String name) {
        return parameter(name)
                .filter(value -> value.equals("true") || value.equals("1"))
                .isPresent();
    }

    /// Whether this opens a watch.
    public boolean watch() {
        return method.equals("GET") && flag("watch");
    }

    /// Whether this reads a container's log.
    public boolean log() {
        return method.equals("GET") && path.endsWith("/log");
    }
}
