package io.podwire.kubernetes;

import java.time.Duration;

/// Hears of each request to the API server on behalf of a command. Called from many threads, which wait meanwhile.
@FunctionalInterface
public interface RequestTimes {
    /// One request.
    ///
    /// @param verb the API's own word: `get`, `create` or `delete`
    /// @param status the answer's HTTP status; 0: none came in time
    /// @param time until the answer, or until none was awaited any more
    void took(String verb, int status, Duration time);

    /// Where nobody wants to know.
    static RequestTimes none() {
        return (_, _, _) -> {};
    }
}
