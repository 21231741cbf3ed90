package io.podwire.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The commands that read files or their input: `cat`, `head`, `tail`, `wc`, `grep`.
final class ShellFilters {
    private static final int DEFAULT_LINES = 10;

    private ShellFilters() {}

    static int cat(Shell shell, List<String> arguments, ShellIo io) {
        if (arguments.isEmpty()) {
            io.print(io.input().rest());
            return 0;
        }
        int status = 0;
        for (String path : arguments) {
            Optional<byte[]> file = shell.files().read(path);
            file.ifPresentOrElse(
                    io.out(),
                    () ->
                            io.complain(
                                    "cat: can't open '%s': No such file or directory"
                                            .formatted(path)));
            status = file.isPresent() ? status : 1;
        }
        return status;
    }

    static int head(Shell shell, List<String> arguments, ShellIo io) {
        int lines = count(arguments);
        input(shell, arguments, io).lines().limit(lines).forEach(io::println);
        return 0;
    }

    static int tail(Shell shell, List<String> arguments, ShellIo io) {
        List<String> all = input(shell, arguments, io).lines().toList();
        all.stream().skip(Math.max(0, all.size() - count(arguments))).forEach(io::println);
        return 0;
    }

    static int wc(Shell shell, List<String> arguments, ShellIo io) {
        String text = input(shell, arguments, io);
        io.println(
                arguments.contains("-c")
                        ? Integer.toString(text.getBytes(StandardCharsets.UTF_8).length)
                        : Long.toString(text.chars().filter(each -> each == '\n').count()));
        return 0;
    }

    static int grep(Shell shell, List<String> arguments, ShellIo io) {
        List<String> plain = arguments.stream().filter(each -> !each.startsWith("-")).toList();
        if (plain.isEmpty()) {
            io.complain("grep: no pattern");
            return 2;
        }
        Pattern pattern = Pattern.compile(plain.getFirst());
        boolean quiet = arguments.contains("-q");
        List<String> found =
                input(shell, plain.subList(1, plain.size()), io)
                        .lines()
                        .filter(line -> pattern.matcher(line).find() != arguments.contains("-v"))
                        .toList();
        if (!quiet) {
            found.forEach(io::println);
        }
        return found.isEmpty() ? 1 : 0;
    }

    /// `-n 3`, `-n3` or `-3`.
    private static int count(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("-n") && i + 1 < arguments.size()) {
                return Integer.parseInt(arguments.get(i + 1));
            }
            if (argument.matches("-n?\\d+")) {
                return Integer.parseInt(argument.replaceFirst("-n?", ""));
            }
        }
        return DEFAULT_LINES;
    }

    private static String input(Shell shell, List<String> arguments, ShellIo io) {
        return arguments.stream()
                .filter(each -> each.startsWith("/"))
                .findFirst()
                .flatMap(shell.files()::read)
                .map(Shell::text)
                .orElseGet(() -> io.input().rest());
    }
}
