package io.podwire.sandbox;

import java.util.List;

/// The commands `test` and `[`.
final class ShellTest {
    private static final int TRUE = 0;
    private static final int FALSE = 1;
    private static final int ERROR = 2;

    private ShellTest() {}

    static int bracket(Shell shell, List<String> arguments, ShellIo io) {
        if (arguments.isEmpty() || !arguments.getLast().equals("]")) {
            io.complain("[: missing ]");
            return ERROR;
        }
        return test(shell, arguments.subList(0, arguments.size() - 1), io);
    }

    static int test(Shell shell, List<String> arguments, ShellIo io) {
        try {
            return either(shell, arguments) ? TRUE : FALSE;
        } catch (IllegalArgumentException e) {
            io.complain("sh: " + e.getMessage());
            return ERROR;
        }
    }

    private static boolean either(Shell shell, List<String> arguments) {
        int or = arguments.indexOf("-o");
        if (or > 0) {
            return both(shell, arguments.subList(0, or))
                    || either(shell, arguments.subList(or + 1, arguments.size()));
        }
        return both(shell, arguments);
    }

    private static boolean both(Shell shell, List<String> arguments) {
        int and = arguments.indexOf("-a");
        if (and > 0) {
            return single(shell, arguments.subList(0, and))
                    && both(shell, arguments.subList(and + 1, arguments.size()));
        }
        return single(shell, arguments);
    }

    private static boolean single(Shell shell, List<String> arguments) {
        if (arguments.isEmpty()) {
            return false;
        }
        if (arguments.getFirst().equals("!") && arguments.size() > 1) {
            return !single(shell, arguments.subList(1, arguments.size()));
        }
        return switch (arguments.size()) {
            case 1 -> !arguments.getFirst().isEmpty();
            case 2 -> unary(shell, arguments.getFirst(), arguments.getLast());
            case 3 -> binary(arguments.get(0), arguments.get(1), arguments.get(2));
            default -> throw new IllegalArgumentException(arguments.get(1) + ": unknown operand");
        };
    }

    private static boolean unary(Shell shell, String operator, String operand) {
        return switch (operator) {
            case "-z" -> operand.isEmpty();
            case "-n" -> !operand.isEmpty();
            case "-f", "-r", "-w" -> shell.files().read(operand).isPresent();
            case "-d" -> shell.files().directory(operand);
            case "-e" ->
                    shell.files().read(operand).isPresent() || shell.files().directory(operand);
            case "-s" -> shell.files().read(operand).filter(bytes -> bytes.length > 0).isPresent();
            default -> throw new IllegalArgumentException(operator + ": unknown operand");
        };
    }

    private static boolean binary(String left, String operator, String right) {
        return switch (operator) {
            case "=", "==" -> left.equals(right);
            case "!=" -> !left.equals(right);
            case "-eq" -> number(left) == number(right);
            case "-ne" -> number(left) != number(right);
            case "-lt" -> number(left) < number(right);
            case "-le" -> number(left) <= number(right);
            case "-gt" -> number(left) > number(right);
            case "-ge" -> number(left) >= number(right);
            default -> throw new IllegalArgumentException(operator + ": unknown operand");
        };
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(text + ": bad number", e);
        }
    }
}
