package io.podwire.sandbox;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The variables and positional parameters of a shell. Confined to its thread.
final class ShellVariables {
    private final Map<String, String> values;
    private final Set<String> exported;
    private List<String> arguments;
    private int lastStatus;

    ShellVariables(Map<String, String> environment, List<String> arguments) {
        this.values = new LinkedHashMap<>(environment);
        this.exported = new LinkedHashSet<>(environment.keySet());
        this.arguments = arguments;
    }

    /// A copy for a subshell.
    ShellVariables copy() {
        var copy = new ShellVariables(Map.of(), arguments);
        copy.values.putAll(values);
        copy.exported.addAll(exported);
        copy.lastStatus = lastStatus;
        return copy;
    }

    boolean has(String name) {
        return values.containsKey(name) || "?$#@*".contains(name);
    }

    String value(String name) {
        return switch (name) {
            case "?" -> Integer.toString(lastStatus);
            case "$" -> "1";
            case "!" -> "2";
            case "#" -> Integer.toString(Math.max(0, arguments.size() - 1));
            case "@", "*" -> String.join(" ", arguments.stream().skip(1).toList());
            case "RANDOM" ->
                    Integer.toString(
                            java.util.concurrent.ThreadLocalRandom.current().nextInt(32_768));
            default -> positionalOrNamed(name);
        };
    }

    private String positionalOrNamed(String name) {
        if (!name.isEmpty() && name.chars().allMatch(Character::isDigit)) {
            int index = Integer.parseInt(name);
            return index < arguments.size() ? arguments.get(index) : "";
        }
        return values.getOrDefault(name, "");
    }

    void set(String name, String value) {
        values.put(name, value);
    }

    void export(String name) {
        exported.add(name);
    }

    void unset(String name) {
        values.remove(name);
        exported.remove(name);
    }

    void shift() {
        arguments =
                java.util.stream.Stream.concat(
                                arguments.stream().limit(1), arguments.stream().skip(2))
                        .toList();
    }

    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        exported.stream()
                .filter(values::containsKey)
                .forEach(name -> environment.put(name, values.get(name)));
        return environment;
    }

    void status(int status) {
        lastStatus = status;
    }

    int status() {
        return lastStatus;
    }
}
