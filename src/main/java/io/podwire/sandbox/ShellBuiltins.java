package io.podwire.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The commands that change the shell itself.
final class ShellBuiltins {
    interface Builtin {
        int run(Shell shell, List<String> arguments, ShellIo io) throws InterruptedException;
    }

    private static final Map<String, Builtin> ALL =
            Map.ofEntries(
                    Map.entry("exit", ShellBuiltins::exit),
                    Map.entry("export", ShellBuiltins::export),
                    Map.entry("unset", ShellBuiltins::unset),
                    Map.entry("set", ShellBuiltins::set),
                    Map.entry("trap", ShellBuiltins::trap),
                    Map.entry("wait", (shell, _, _) -> shell.awaitBackground()),
                    Map.entry("kill", ShellBuiltins::kill),
                    Map.entry("shift", ShellBuiltins::shift),
                    Map.entry("read", ShellBuiltins::read),
                    Map.entry("exec", ShellBuiltins::exec),
                    Map.entry("eval", ShellBuiltins::eval),
                    Map.entry("cd", (_, _, _) -> 0),
                    Map.entry(
                            "break",
                            (_, _, _) -> {
                                throw new ShellJump.Break();
                            }),
                    Map.entry(
                            "continue",
                            (_, _, _) -> {
                                throw new ShellJump.Continue();
                            }));

    private ShellBuiltins() {}

    static Optional<Builtin> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    private static int exit(Shell shell, List<String> arguments, ShellIo io) {
        if (arguments.isEmpty()) {
            throw new ShellJump.Exit(shell.variables().status());
        }
        try {
            throw new ShellJump.Exit(Integer.parseInt(arguments.getFirst()) & 0xFF);
        } catch (NumberFormatException e) {
            io.complain("sh: exit: Illegal number: " + arguments.getFirst());
            throw new ShellJump.Exit(2);
        }
    }

    private static int export(Shell shell, List<String> arguments, ShellIo io) {
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (equals >= 0) {
                shell.variables().set(name, argument.substring(equals + 1));
            }
            shell.variables().export(name);
        }
        return 0;
    }

    private static int unset(Shell shell, List<String> arguments, ShellIo io) {
        arguments.forEach(shell.variables()::unset);
        return 0;
    }

    private static int set(Shell shell, List<String> arguments, ShellIo io) {
        for (String argument : arguments) {
            if (argument.startsWith("-") && argument.contains("e")) {
                shell.exitOnError(true);
            } else if (argument.startsWith("+") && argument.contains("e")) {
                shell.exitOnError(false);
            }
        }
        return 0;
    }

    private static int trap(Shell shell, List<String> arguments, ShellIo io) {
        List<String> signals = arguments.stream().skip(1).toList();
        for (String signal : signals) {
            if (arguments.getFirst().equals("-")) {
                shell.traps().clear(signal);
            } else {
                shell.traps().set(signal, arguments.getFirst());
            }
        }
        return 0;
    }

    /// The first process of a container gets only the signals that it has a trap for, and never KILL.
    private static int kill(Shell shell, List<String> arguments, ShellIo io) {
        boolean named = !arguments.isEmpty() && arguments.getFirst().startsWith("-");
        String signal = named ? ShellTraps.name(arguments.getFirst().substring(1)) : "TERM";
        if (signal.equals("TERM") && arguments.getLast().equals("1")) {
            shell.signals().term();
        }
        return 0;
    }

    private static int shift(Shell shell, List<String> arguments, ShellIo io) {
        shell.variables().shift();
        return 0;
    }

    private static int read(Shell shell, List<String> arguments, ShellIo io) {
        if (io.input().atEnd()) {
            return 1;
        }
        String line = io.input().line();
        List<String> names = arguments.stream().filter(name -> !name.startsWith("-")).toList();
        String[] fields = line.strip().split("\\s+", Math.max(1, names.size()));
        for (int i = 0; i < names.size(); i++) {
            shell.variables().set(names.get(i), i < fields.length ? fields[i] : "");
        }
        return 0;
    }

    private static int exec(Shell shell, List<String> arguments, ShellIo io)
            throws InterruptedException {
        if (arguments.isEmpty()) {
            return 0;
        }
        throw new ShellJump.Exit(ShellSimple.run(shell, arguments, io));
    }

    private static int eval(Shell shell, List<String> arguments, ShellIo io)
            throws InterruptedException {
        return shell.execute(ShellParser.parse(String.join(" ", arguments)), io);
    }
}
