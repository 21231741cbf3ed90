package io.podwire.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The commands that write text: `echo`, `printf`, `seq`.
final class ShellText {
    private ShellText() {}

    static int echo(Shell shell, List<String> arguments, ShellIo io) {
        int first = 0;
        boolean newline = true;
        boolean escapes = false;
        while (first < arguments.size() && arguments.get(first).matches("-[neE]+")) {
            newline &= !arguments.get(first).contains("n");
            escapes |= arguments.get(first).contains("e");
            first++;
        }
        String text = String.join(" ", arguments.subList(first, arguments.size()));
        var out = new ByteArrayOutputStream();
        out.writeBytes(escapes ? unescape(text) : text.getBytes(StandardCharsets.UTF_8));
        if (newline) {
            out.write('\n');
        }
        io.out().accept(out.toByteArray());
        return 0;
    }

    static int printf(Shell shell, List<String> arguments, ShellIo io) {
        if (arguments.isEmpty()) {
            io.complain("printf: usage: printf FORMAT [ARG]...");
            return 1;
        }
        String format = arguments.getFirst();
        Deque<String> values = new ArrayDeque<>(arguments.subList(1, arguments.size()));
        do {
            io.out().accept(formatted(format, values));
        } while (!values.isEmpty() && format.contains("%"));
        return 0;
    }

    private static byte[] formatted(String format, Deque<String> values) {
        var out = new ByteArrayOutputStream();
        int at = 0;
        while (at < format.length()) {
            int percent = format.indexOf('%', at);
            if (percent < 0 || percent == format.length() - 1) {
                out.writeBytes(unescape(format.substring(at)));
                break;
            }
            out.writeBytes(unescape(format.substring(at, percent)));
            int end = percent + 1;
            while (end < format.length() - 1 && "-+ 0123456789.".indexOf(format.charAt(end)) >= 0) {
                end++;
            }
            String flags = format.substring(percent + 1, end);
            out.writeBytes(one(flags, format.charAt(end), values).getBytes(StandardCharsets.UTF_8));
            at = end + 1;
        }
        return out.toByteArray();
    }

    private static String one(String flags, char conversion, Deque<String> values) {
        if (conversion == '%') {
            return "%";
        }
        String value = values.isEmpty() ? "" : values.removeFirst();
        return switch (conversion) {
            case 'd', 'i' -> ("%" + flags + "d").formatted(number(value));
            case 'x' -> ("%" + flags + "x").formatted(number(value));
            case 'b' -> new String(unescape(value), StandardCharsets.UTF_8);
            case 'c' -> value.isEmpty() ? "" : value.substring(0, 1);
            case 's' -> ("%" + flags.replace("0", "") + "s").formatted(value);
            default -> "%" + flags + conversion;
        };
    }

    private static long number(String value) {
        try {
            return value.isEmpty() ? 0 : Long.parseLong(value);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /// `\n`, `\t`, `\\`, `\r`, `\xHH` and `\0OOO`, as bytes.
    private static byte[] unescape(String text) {
        var out = new ByteArrayOutputStream();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int at = 0;
        while (at < bytes.length) {
            if (bytes[at] != '\\' || at + 1 == bytes.length) {
                out.write(bytes[at]);
                at++;
                continue;
            }
            at = escape(bytes, at + 1, out);
        }
        return out.toByteArray();
    }

    private static int escape(byte[] bytes, int at, ByteArrayOutputStream out) {
        switch (bytes[at]) {
            case 'n' -> out.write('\n');
            case 't' -> out.write('\t');
            case 'r' -> out.write('\r');
            case '\\' -> out.write('\\');
            case 'a' -> out.write(7);
            case 'x' -> {
                return digits(bytes, at + 1, 2, 16, out);
            }
            case '0', '1', '2', '3' -> {
                return digits(bytes, at, bytes[at] == '0' ? 4 : 3, 8, out);
            }
            default -> {
                out.write('\\');
                out.write(bytes[at]);
            }
        }
        return at + 1;
    }

    private static int digits(
            byte[] bytes, int from, int max, int radix, ByteArrayOutputStream out) {
        int value = 0;
        int at = from;
        while (at < bytes.length && at < from + max && Character.digit(bytes[at], radix) >= 0) {
            value = value * radix + Character.digit(bytes[at], radix);
            at++;
        }
        out.write(value);
        return at;
    }

    static int seq(Shell shell, List<String> arguments, ShellIo io) throws InterruptedException {
        try {
            List<Long> numbers = arguments.stream().map(Long::parseLong).toList();
            long first = numbers.size() > 1 ? numbers.getFirst() : 1;
            long step = numbers.size() > 2 ? numbers.get(1) : 1;
            long last = numbers.getLast();
            for (long i = first; step > 0 ? i <= last : i >= last; i += step) {
                shell.signals().step();
                io.println(Long.toString(i));
            }
            return 0;
        } catch (NumberFormatException e) {
            io.complain("seq: invalid number: " + e.getMessage());
            return 1;
        }
    }
}
