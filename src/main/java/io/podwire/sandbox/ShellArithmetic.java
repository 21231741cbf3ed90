package io.podwire.sandbox;

import java.util.List;
import java.util.function.ToLongFunction;

/// Evaluates `$((…))`: whole numbers, variables, brackets and the usual operators.
final class ShellArithmetic {
    /// From the weakest to the strongest.
    private static final List<List<String>> LEVELS =
            List.of(
                    List.of("||"),
                    List.of("&&"),
                    List.of("==", "!="),
                    List.of("<=", ">=", "<", ">"),
                    List.of("+", "-"),
                    List.of("*", "/", "%"));

    private final String text;
    private final ToLongFunction<String> variables;
    private int at;

    private ShellArithmetic(String text, ToLongFunction<String> variables) {
        this.text = text;
        this.variables = variables;
    }

    /// Fails with an [ArithmeticException] on nonsense and on division by zero.
    static long evaluate(String text, ToLongFunction<String> variables) {
        var arithmetic = new ShellArithmetic(text, variables);
        long value = arithmetic.level(0);
        arithmetic.skipBlanks();
        if (arithmetic.at < text.length()) {
            throw new ArithmeticException("arithmetic syntax error");
        }
        return value;
    }

    private long level(int level) {
        if (level == LEVELS.size()) {
            return single();
        }
        long value = level(level + 1);
        while (true) {
            String operator = operator(LEVELS.get(level));
            if (operator.isEmpty()) {
                return value;
            }
            value = apply(operator, value, level(level + 1));
        }
    }

    private String operator(List<String> allowed) {
        skipBlanks();
        for (String each : allowed) {
            if (text.startsWith(each, at)) {
                at += each.length();
                return each;
            }
        }
        return "";
    }

    private static long apply(String operator, long left, long right) {
        return switch (operator) {
            case "||" -> truth(left != 0 || right != 0);
            case "&&" -> truth(left != 0 && right != 0);
            case "==" -> truth(left == right);
            case "!=" -> truth(left != right);
            case "<=" -> truth(left <= right);
            case ">=" -> truth(left >= right);
            case "<" -> truth(left < right);
            case ">" -> truth(left > right);
            case "+" -> left + right;
            case "-" -> left - right;
            case "*" -> left * right;
            case "/" -> left / divisor(right);
            case "%" -> left % divisor(right);
            default -> throw new ArithmeticException("arithmetic syntax error");
        };
    }

    private static long divisor(long right) {
        if (right == 0) {
            throw new ArithmeticException("divide by zero");
        }
        return right;
    }

    private static long truth(boolean value) {
        return value ? 1 : 0;
    }

    private long single() {
        skipBlanks();
        if (at >= text.length()) {
            throw new ArithmeticException("arithmetic syntax error");
        }
        char here = text.charAt(at);
        if (here == '(') {
            at++;
            long value = level(0);
            skipBlanks();
            at++;
            return value;
        }
        if (here == '-' || here == '!' || here == '+') {
            at++;
            long value = single();
            return switch (here) {
                case '-' -> -value;
                case '!' -> truth(value == 0);
                default -> value;
            };
        }
        return operand();
    }

    private long operand() {
        int start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        String operand = text.substring(start, at);
        if (operand.isEmpty()) {
            throw new ArithmeticException("arithmetic syntax error");
        }
        return Character.isDigit(operand.charAt(0))
                ? Long.parseLong(operand)
                : variables.applyAsLong(operand);
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
