package io.podwire.observe;

import ch.qos.logback.core.PropertyDefinerBase;

import java.util.Optional;

/// Decides for `logback.xml` how log lines look: `text` for people, `json` for programs.
///
/// The system property `podwire.log.format`, else the variable `PODWIRE_LOG_FORMAT`, says which;
/// without either, or with `auto`, a terminal gets text and everything else JSON.
public final class LogFormat extends PropertyDefinerBase {
    private static final String TEXT = "text";
    private static final String JSON = "json";

    @Override
    public String getPropertyValue() {
        String wish =
                Optional.ofNullable(System.getProperty("podwire.log.format"))
                        .or(() -> Optional.ofNullable(System.getenv("PODWIRE_LOG_FORMAT")))
                        .orElse("auto");
        return choose(wish, onTerminal());
    }

    static String choose(String wish, boolean onTerminal) {
        return switch (wish) {
            case TEXT -> TEXT;
            case JSON -> JSON;
            // Also what is misspelt: logging must never be why a worker does not start.
            default -> onTerminal ? TEXT : JSON;
        };
    }

    /// Whether a person looks on.
    public static boolean onTerminal() {
        return Optional.ofNullable(System.console()).filter(it -> it.isTerminal()).isPresent();
    }
}
