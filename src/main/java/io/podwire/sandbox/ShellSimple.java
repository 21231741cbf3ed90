package io.podwire.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Runs one simple command: expands it, redirects it, finds it.
final class ShellSimple {
    /// A command whose redirection failed: it is not run, its status is 1. It has been told why.
    static final class Unredirected extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unredirected() {
            super("redirection failed", null, false, false);
        }
    }

    private ShellSimple() {}

    static int run(Shell shell, ShellNode.Simple simple, ShellIo io) throws InterruptedException {
        List<String> argv = new ArrayList<>();
        for (ShellNode.Word word : simple.words()) {
            argv.addAll(ShellExpansion.fields(shell, word, io));
        }
        ShellIo redirected = redirect(shell, simple.redirects(), io);
        Shell within = shell;
        if (!argv.isEmpty() && !simple.assignments().isEmpty()) {
            within = shell.subshell();
        }
        for (ShellNode.Assignment assignment : simple.assignments()) {
            String value = ShellExpansion.text(shell, assignment.value(), io);
            within.variables().set(assignment.name(), value);
            if (within != shell) {
                within.variables().export(assignment.name());
            }
        }
        if (argv.isEmpty()) {
            return simple.words().isEmpty() ? 0 : shell.variables().status();
        }
        return run(within, argv, redirected);
    }

    /// Runs a command that is already expanded.
    static int run(Shell shell, List<String> argv, ShellIo io) throws InterruptedException {
        String path = argv.getFirst();
        String name = path.startsWith("/") ? path.substring(path.lastIndexOf('/') + 1) : path;
        List<String> arguments = argv.subList(1, argv.size());
        var builtin = ShellBuiltins.find(name);
        if (builtin.isPresent()) {
            return builtin.get().run(shell, arguments, io);
        }
        var program = ShellPrograms.find(name);
        if (program.isPresent()) {
            return program.get().run(shell, arguments, io);
        }
        io.complain("sh: %s: not found".formatted(path));
        return 127;
    }

    static ShellIo redirect(Shell shell, List<ShellNode.Redirect> redirects, ShellIo io)
            throws InterruptedException {
        ShellIo now = io;
        for (ShellNode.Redirect redirect : redirects) {
            now = redirect(shell, redirect, now);
        }
        return now;
    }

    private static ShellIo redirect(Shell shell, ShellNode.Redirect redirect, ShellIo io)
            throws InterruptedException {
        String target = ShellExpansion.text(shell, redirect.target(), io);
        if (redirect.operator().equals("<")) {
            return io.withInput(shell.files().read(target).orElseThrow(() -> missing(target, io)));
        }
        Consumer<byte[]> sink =
                redirect.operator().equals(">&")
                        ? (target.equals("2") ? io.err() : io.out())
                        : file(shell, redirect.operator(), target, io);
        return redirect.descriptor() == 2 ? io.withErr(sink) : io.withOut(sink);
    }

    private static RuntimeException missing(String path, ShellIo io) {
        io.complain("sh: can't open %s: no such file".formatted(path));
        return new Unredirected();
    }

    private static RuntimeException readOnly(String path, ShellIo io) {
        io.complain("sh: can't create %s: Read-only file system".formatted(path));
        return new Unredirected();
    }

    private static Consumer<byte[]> file(Shell shell, String operator, String path, ShellIo io) {
        return switch (path) {
            case "/dev/null" -> _ -> {};
            case "/dev/stdout", "/proc/1/fd/1" -> io.out();
            case "/dev/stderr", "/proc/1/fd/2" -> io.err();
            default -> {
                if (shell.files().readOnly(path)) {
                    throw readOnly(path, io);
                }
                if (operator.equals(">")) {
                    shell.files().write(path, new byte[0]);
                }
                yield bytes -> shell.files().append(path, bytes);
            }
        };
    }
}
