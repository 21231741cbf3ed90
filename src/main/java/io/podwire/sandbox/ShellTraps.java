package io.podwire.sandbox;

import java.util.HashMap;
import java.util.Map;

/// The `trap`s of a shell, by signal name. Confined to its thread.
final class ShellTraps {
    private final Map<String, String> scripts = new HashMap<>();

    void set(String signal, String script) {
        scripts.put(name(signal), script);
    }

    void clear(String signal) {
        scripts.remove(name(signal));
    }

    boolean has(String signal) {
        return scripts.containsKey(signal);
    }

    String script(String signal) {
        return scripts.getOrDefault(signal, "");
    }

    /// The script, which is then no longer set.
    String take(String signal) {
        String script = script(signal);
        scripts.remove(signal);
        return script;
    }

    static String name(String signal) {
        return switch (signal) {
            case "0" -> "EXIT";
            case "2", "SIGINT" -> "INT";
            case "9", "SIGKILL" -> "KILL";
            case "15", "SIGTERM" -> "TERM";
            default -> signal;
        };
    }
}
