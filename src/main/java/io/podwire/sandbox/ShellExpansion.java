package io.podwire.sandbox;

import java.util.ArrayList;
import java.util.List;

/// Expands words: variables, `$((…))`, `$(…)`, and the splitting of what is not quoted.
final class ShellExpansion {
    private ShellExpansion() {}

    /// The word as one text, without splitting.
    static String text(Shell shell, ShellNode.Word word, ShellIo io) throws InterruptedException {
        var text = new StringBuilder();
        for (ShellNode.Part part : word.parts()) {
            text.append(value(shell, part, io));
        }
        return text.toString();
    }

    /// The word as none, one or several fields.
    static List<String> fields(Shell shell, ShellNode.Word word, ShellIo io)
            throws InterruptedException {
        List<String> fields = new ArrayList<>();
        var open = new StringBuilder();
        boolean exists = false;
        for (ShellNode.Part part : word.parts()) {
            String value = value(shell, part, io);
            if (part.quoted() || part instanceof ShellNode.Text) {
                open.append(value);
                exists = true;
                continue;
            }
            for (int i = 0; i < value.length(); i++) {
                char here = value.charAt(i);
                if (here != ' ' && here != '\t' && here != '\n') {
                    open.append(here);
                    exists = true;
                } else if (exists) {
                    fields.add(open.toString());
                    open.setLength(0);
                    exists = false;
                }
            }
        }
        if (exists) {
            fields.add(open.toString());
        }
        return fields;
    }

    private static String value(Shell shell, ShellNode.Part part, ShellIo io)
            throws InterruptedException {
        return switch (part) {
            case ShellNode.Text(var text, _) -> text;
            case ShellNode.Variable variable -> variable(shell, variable, io);
            case ShellNode.Output(var script, _) ->
                    Shell.text(shell.capture(script, io)).replaceFirst("\\n+$", "");
            case ShellNode.Arithmetic(var expression, _) ->
                    Long.toString(calculate(shell, text(shell, expression, io), io));
        };
    }

    private static long calculate(Shell shell, String expression, ShellIo io) {
        try {
            return ShellArithmetic.evaluate(expression, name -> number(shell, name));
        } catch (ArithmeticException | NumberFormatException e) {
            io.complain("sh: " + e.getMessage());
            throw new ShellJump.Exit(2);
        }
    }

    private static long number(Shell shell, String name) {
        String value = shell.variables().value(name).strip();
        return value.isEmpty() ? 0 : Long.parseLong(value);
    }

    private static String variable(Shell shell, ShellNode.Variable variable, ShellIo io)
            throws InterruptedException {
        ShellVariables all = shell.variables();
        String value = all.value(variable.name());
        boolean there =
                variable.operator().startsWith(":") ? !value.isEmpty() : all.has(variable.name());
        return switch (variable.operator()) {
            case "" -> value;
            case "#" -> Integer.toString(value.length());
            case "-", ":-" -> there ? value : text(shell, variable.argument(), io);
            case "+", ":+" -> there ? text(shell, variable.argument(), io) : "";
            case "=", ":=" -> {
                if (!there) {
                    all.set(variable.name(), text(shell, variable.argument(), io));
                }
                yield all.value(variable.name());
            }
            case "?", ":?" -> {
                if (!there) {
                    io.complain(
                            "sh: %s: %s"
                                    .formatted(
                                            variable.name(), text(shell, variable.argument(), io)));
                    throw new ShellJump.Exit(2);
                }
                yield value;
            }
            default -> {
                io.complain(
                        "sh: not simulated: ${%s%s…}"
                                .formatted(variable.name(), variable.operator()));
                throw new ShellJump.Exit(2);
            }
        };
    }
}
