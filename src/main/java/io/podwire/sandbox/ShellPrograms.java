package io.podwire.sandbox;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The commands that a simulated container has.
final class ShellPrograms {
    private static final Pattern TIME = Pattern.compile("(\\d*\\.?\\d+)([smhd]?)");
    private static final Map<String, Integer> SECONDS =
            Map.of("", 1, "s", 1, "m", 60, "h", 3_600, "d", 86_400);

    private static final Map<String, ShellBuiltins.Builtin> ALL =
            Map.ofEntries(
                    Map.entry("true", (_, _, _) -> 0),
                    Map.entry(":", (_, _, _) -> 0),
                    Map.entry("false", (_, _, _) -> 1),
                    Map.entry("echo", ShellText::echo),
                    Map.entry("printf", ShellText::printf),
                    Map.entry("seq", ShellText::seq),
                    Map.entry("sleep", ShellPrograms::sleep),
                    Map.entry("env", ShellPrograms::env),
                    Map.entry("printenv", ShellPrograms::printenv),
                    Map.entry("date", ShellPrograms::date),
                    Map.entry(
                            "hostname",
                            (shell, _, io) -> say(io, shell.variables().value("HOSTNAME"))),
                    Map.entry("pwd", (_, _, io) -> say(io, "/")),
                    Map.entry("whoami", (_, _, io) -> say(io, "root")),
                    Map.entry("test", ShellTest::test),
                    Map.entry("[", ShellTest::bracket),
                    Map.entry("sh", ShellPrograms::sh),
                    Map.entry("ash", ShellPrograms::sh),
                    Map.entry("bash", ShellPrograms::sh),
                    Map.entry("cat", ShellFilters::cat),
                    Map.entry("head", ShellFilters::head),
                    Map.entry("tail", ShellFilters::tail),
                    Map.entry("wc", ShellFilters::wc),
                    Map.entry("grep", ShellFilters::grep),
                    Map.entry("touch", ShellPrograms::touch),
                    Map.entry("rm", ShellPrograms::rm),
                    Map.entry("mkdir", (_, _, _) -> 0));

    private ShellPrograms() {}

    static Optional<ShellBuiltins.Builtin> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    private static int say(ShellIo io, String line) {
        io.println(line);
        return 0;
    }

    private static int sleep(Shell shell, List<String> arguments, ShellIo io)
            throws InterruptedException {
        Duration time = Duration.ZERO;
        for (String argument : arguments) {
            Matcher matcher = TIME.matcher(argument);
            if (argument.equals("infinity")) {
                time = Duration.ofDays(10_000);
            } else if (matcher.matches()) {
                BigDecimal seconds =
                        new BigDecimal(matcher.group(1))
                                .multiply(
                                        new BigDecimal(SECONDS.getOrDefault(matcher.group(2), 1)));
                time = time.plusMillis(seconds.scaleByPowerOfTen(3).longValue());
            } else {
                io.complain("sleep: invalid number '%s'".formatted(argument));
                return 1;
            }
        }
        shell.signals().sleep(time);
        return 0;
    }

    private static int env(Shell shell, List<String> arguments, ShellIo io)
            throws InterruptedException {
        if (!arguments.isEmpty()) {
            Shell child = shell.subshell();
            int first = 0;
            while (first < arguments.size() && arguments.get(first).contains("=")) {
                String[] parts = arguments.get(first).split("=", 2);
                child.variables().set(parts[0], parts[1]);
                child.variables().export(parts[0]);
                first++;
            }
            return ShellSimple.run(child, arguments.subList(first, arguments.size()), io);
        }
        shell.variables().environment().forEach((name, value) -> io.println(name + "=" + value));
        return 0;
    }

    private static int printenv(Shell shell, List<String> arguments, ShellIo io)
            throws InterruptedException {
        if (arguments.isEmpty()) {
            return env(shell, arguments, io);
        }
        Map<String, String> environment = shell.variables().environment();
        for (String name : arguments) {
            if (!environment.containsKey(name)) {
                return 1;
            }
            io.println(environment.get(name));
        }
        return 0;
    }

    private static int date(Shell shell, List<String> arguments, ShellIo io) {
        ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
        Optional<String> form = arguments.stream().filter(each -> each.startsWith("+")).findFirst();
        String text =
                form.isEmpty()
                        ? DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss 'UTC' yyyy", Locale.ROOT)
                                .format(now)
                        : form.get()
                                .substring(1)
                                .replace("%s", Long.toString(now.toEpochSecond()))
                                .replace("%FT%TZ", "%Y-%m-%dT%H:%M:%SZ")
                                .replace("%Y", "%04d".formatted(now.getYear()))
                                .replace("%m", "%02d".formatted(now.getMonthValue()))
                                .replace("%d", "%02d".formatted(now.getDayOfMonth()))
                                .replace("%H", "%02d".formatted(now.getHour()))
                                .replace("%M", "%02d".formatted(now.getMinute()))
                                .replace("%S", "%02d".formatted(now.getSecond()))
                                .replace("%N", "%09d".formatted(now.getNano()));
        return say(io, text);
    }

    private static int sh(Shell shell, List<String> arguments, ShellIo io)
            throws InterruptedException {
        return script(shell.child(arguments), arguments, io);
    }

    /// `sh -c script [name argument…]`; without a script the input is read, which is usually empty.
    static int script(Shell shell, List<String> arguments, ShellIo io) throws InterruptedException {
        int option = 0;
        while (option < arguments.size() && arguments.get(option).startsWith("-")) {
            if (arguments.get(option).contains("e")) {
                shell.exitOnError(true);
            }
            option++;
        }
        if (option == 0) {
            if (arguments.isEmpty()) {
                return shell.run(io.input().rest(), io);
            }
            Optional<byte[]> file = shell.files().read(arguments.getFirst());
            if (file.isPresent()) {
                return shell.run(Shell.text(file.get()), io);
            }
            io.complain(
                    "sh: can't open '%s': No such file or directory"
                            .formatted(arguments.getFirst()));
            return 2;
        }
        if (option >= arguments.size()) {
            io.complain("sh: -c requires an argument");
            return 2;
        }
        return shell.run(arguments.get(option), io);
    }

    private static int touch(Shell shell, List<String> arguments, ShellIo io) {
        ContainerFiles files = shell.files();
        int status = 0;
        for (String path : arguments) {
            if (files.readOnly(path)) {
                io.complain("touch: %s: Read-only file system".formatted(path));
                status = 1;
            } else {
                files.append(path, new byte[0]);
            }
        }
        return status;
    }

    private static int rm(Shell shell, List<String> arguments, ShellIo io) {
        ContainerFiles files = shell.files();
        int status = 0;
        for (String path : arguments.stream().filter(each -> !each.startsWith("-")).toList()) {
            if (files.readOnly(path)) {
                io.complain("rm: can't remove '%s': Read-only file system".formatted(path));
                status = 1;
            } else {
                files.remove(path);
            }
        }
        return status;
    }
}
