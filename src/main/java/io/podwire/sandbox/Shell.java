package io.podwire.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// Runs parsed shell scripts inside this process; no command of the host is ever started.
///
/// Confined to the thread of its script; background steps run in a copy on a thread of their own.
final class Shell {
    private static final Duration FOREVER = Duration.ofDays(10_000);

    private final ShellVariables variables;
    private final ContainerFiles files;
    private final Signals signals;
    private final ShellTraps traps;
    private final AtomicInteger backgroundSteps = new AtomicInteger();

    /// How many conditions we are inside of; there `set -e` does not leave the script.
    private int conditions;

    private boolean exitOnError;

    Shell(ShellVariables variables, ContainerFiles files, Signals signals, ShellTraps traps) {
        this.variables = variables;
        this.files = files;
        this.signals = signals;
        this.traps = traps;
    }

    ShellVariables variables() {
        return variables;
    }

    ContainerFiles files() {
        return files;
    }

    Signals signals() {
        return signals;
    }

    ShellTraps traps() {
        return traps;
    }

    void exitOnError(boolean exit) {
        exitOnError = exit;
    }

    /// Runs a whole script to its end and gives its exit code.
    int run(String script, ShellIo io) throws InterruptedException {
        int code;
        try {
            code = execute(ShellParser.parse(script), io);
        } catch (ShellLexer.SyntaxError e) {
            io.complain("sh: syntax error: " + e.getMessage());
            return 2;
        } catch (ShellJump.Exit e) {
            code = e.code();
        } catch (ShellJump e) {
            code = variables.status();
        }
        return atExit(code, io);
    }

    private int atExit(int code, ShellIo io) throws InterruptedException {
        String last = traps.take("EXIT");
        if (last.isEmpty()) {
            return code;
        }
        try {
            var _ = execute(ShellParser.parse(last), io);
        } catch (ShellJump.Exit e) {
            return e.code();
        }
        return code;
    }

    int execute(ShellNode node, ShellIo io) throws InterruptedException {
        int status = step(node, io);
        variables.status(status);
        return status;
    }

    private int step(ShellNode node, ShellIo io) throws InterruptedException {
        try {
            return switch (node) {
                case ShellNode.Simple simple -> ShellSimple.run(this, simple, io);
                case ShellNode.Sequence(var steps) -> sequence(steps, io);
                case ShellNode.And(var first, var second) -> {
                    int left = condition(first, io);
                    yield left == 0 ? execute(second, io) : left;
                }
                case ShellNode.Or(var first, var second) -> {
                    int left = condition(first, io);
                    yield left == 0 ? 0 : execute(second, io);
                }
                case ShellNode.Not(var inner) -> condition(inner, io) == 0 ? 1 : 0;
                case ShellNode.If(var test, var then, var otherwise) ->
                        execute(condition(test, io) == 0 ? then : otherwise, io);
                case ShellNode.While loop -> loop(loop, io);
                case ShellNode.For loop -> each(loop, io);
                case ShellNode.Pipe(var from, var to) ->
                        execute(to, io.withInput(capture(from, io)));
                case ShellNode.Group(var body, var redirects) ->
                        execute(body, ShellSimple.redirect(this, redirects, io));
                case ShellNode.Subshell(var body, var redirects) ->
                        subshell().contained(body, ShellSimple.redirect(this, redirects, io));
                case ShellNode.Background(var inner) -> background(inner, io);
            };
        } catch (ShellSimple.Unredirected e) {
            return 1;
        }
    }

    private int sequence(List<ShellNode> steps, ShellIo io) throws InterruptedException {
        int status = 0;
        for (ShellNode step : steps) {
            signals.step();
            status = execute(step, io);
            takeTrap(io);
            boolean tested =
                    step instanceof ShellNode.And
                            || step instanceof ShellNode.Or
                            || step instanceof ShellNode.Not;
            if (exitOnError && conditions == 0 && status != 0 && !tested) {
                throw new ShellJump.Exit(status);
            }
        }
        return status;
    }

    /// A trap runs after the command that was in hand when the signal came.
    private void takeTrap(ShellIo io) throws InterruptedException {
        if (traps.has("TERM") && signals.takeTerm()) {
            int before = variables.status();
            var _ = execute(ShellParser.parse(traps.script("TERM")), io);
            variables.status(before);
        }
    }

    private int condition(ShellNode node, ShellIo io) throws InterruptedException {
        conditions++;
        try {
            return execute(node, io);
        } finally {
            conditions--;
        }
    }

    private int loop(ShellNode.While loop, ShellIo io) throws InterruptedException {
        int status = 0;
        try {
            while (condition(loop.condition(), io) == 0) {
                signals.step();
                status = once(loop.body(), io);
            }
        } catch (ShellJump.Break e) {
            return 0;
        }
        return status;
    }

    private int each(ShellNode.For loop, ShellIo io) throws InterruptedException {
        List<String> values = new ArrayList<>();
        for (ShellNode.Word word : loop.values()) {
            values.addAll(ShellExpansion.fields(this, word, io));
        }
        int status = 0;
        try {
            for (String value : values) {
                signals.step();
                variables.set(loop.variable(), value);
                status = once(loop.body(), io);
            }
        } catch (ShellJump.Break e) {
            return 0;
        }
        return status;
    }

    private int once(ShellNode body, ShellIo io) throws InterruptedException {
        try {
            return execute(body, io);
        } catch (ShellJump.Continue e) {
            return 0;
        }
    }

    /// What a script writes, run in a subshell.
    byte[] capture(ShellNode script, ShellIo io) throws InterruptedException {
        var out = new ByteArrayOutputStream();
        int status = subshell().contained(script, io.withOut(out::writeBytes));
        variables.status(status);
        return out.toByteArray();
    }

    Shell subshell() {
        return new Shell(variables.copy(), files, signals, new ShellTraps());
    }

    /// A shell of its own (`sh -c …`) that only sees what is exported.
    Shell child(List<String> arguments) {
        Map<String, String> environment = variables.environment();
        return new Shell(
                new ShellVariables(environment, arguments), files, signals, new ShellTraps());
    }

    private int contained(ShellNode body, ShellIo io) throws InterruptedException {
        try {
            return execute(body, io);
        } catch (ShellJump.Exit e) {
            return e.code();
        } catch (ShellJump e) {
            return variables.status();
        }
    }

    private int background(ShellNode body, ShellIo io) {
        Shell copy = subshell();
        backgroundSteps.incrementAndGet();
        var _ =
                Thread.startVirtualThread(
                        () -> {
                            try {
                                var _ = copy.contained(body, io);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            } catch (Signals.Killed e) {
                                // The container is over, and this with it.
                            } finally {
                                backgroundSteps.decrementAndGet();
                                signals.nudge();
                            }
                        });
        return 0;
    }

    /// Waits for the background steps; a trapped TERM ends it at once, as in a real shell.
    int awaitBackground() throws InterruptedException {
        signals.await(
                FOREVER,
                () -> backgroundSteps.get() == 0 || (traps.has("TERM") && signals.termPending()));
        return backgroundSteps.get() == 0 ? 0 : 143;
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
