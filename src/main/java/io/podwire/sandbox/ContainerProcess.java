package io.podwire.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What runs in a container: a command line of the simulated shell, or a stand-in for a real image.
final class ContainerProcess {
    private static final int KILLED = 137;
    private static final int MESSAGE_BYTES = 4_096;
    private static final Duration FOREVER = Duration.ofDays(10_000);

    private final JsonNode container;
    private final List<String> argv;
    private final Map<String, String> environment;
    private final ContainerFiles files;
    private final Signals signals;

    ContainerProcess(
            JsonNode container,
            List<String> argv,
            Map<String, String> environment,
            ContainerFiles files,
            Signals signals) {
        this.container = container;
        this.argv = argv;
        this.environment = environment;
        this.files = files;
        this.signals = signals;
    }

    /// The message of a container that cannot be started because its command does not exist.
    Optional<String> startError() {
        if (argv.isEmpty() || !Images.shellOnly(image()) || known(argv.getFirst())) {
            return Optional.empty();
        }
        return Optional.of(
                "failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: \"%s\": executable file not found in $PATH"
                        .formatted(argv.getFirst()));
    }

    private String image() {
        return Json.text(container, "image");
    }

    private static boolean known(String command) {
        String name = command.substring(command.lastIndexOf('/') + 1);
        return ShellPrograms.find(name).isPresent() || ShellBuiltins.find(name).isPresent();
    }

    /// Whether this is not run, but stands for an image that is not simulated.
    private boolean standsIn() {
        return argv.isEmpty() ? !Images.shellOnly(image()) : !known(argv.getFirst());
    }

    /// Whether a probe is answered well now. What stands for an image is always well; in the simulated shell
    /// commands are run, and nothing listens on a port.
    boolean healthy(JsonNode probe) throws InterruptedException {
        if (standsIn()) {
            return true;
        }
        List<String> command =
                Json.each(Json.at(probe, "exec", "command")).map(JsonNode::asText).toList();
        if (command.isEmpty() || !known(command.getFirst())) {
            return false;
        }
        var probing = new Signals();
        var asked = new ContainerProcess(container, command, environment, files, probing);
        Thread watch = killer(probing, Duration.ofSeconds(probe.path("timeoutSeconds").asLong(1)));
        try {
            return asked.execute(new ShellIo(new ShellIo.Input(new byte[0]), _ -> {}, _ -> {}))
                    == 0;
        } catch (Signals.Killed e) {
            return false;
        } finally {
            watch.interrupt();
        }
    }

    private static Thread killer(Signals signals, Duration timeout) {
        return Thread.startVirtualThread(
                () -> {
                    try {
                        Thread.sleep(timeout);
                        signals.kill();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    /// Runs to the end; 137 if it was killed.
    int run(ContainerLog log) throws InterruptedException {
        var out = new ContainerOutput(log);
        var err = new ContainerOutput(log);
        var io = new ShellIo(new ShellIo.Input(new byte[0]), out::write, err::write);
        try {
            return execute(io);
        } catch (Signals.Killed e) {
            return KILLED;
        } finally {
            out.close();
            err.close();
            log.end();
        }
    }

    private int execute(ShellIo io) throws InterruptedException {
        if (standsIn()) {
            return standIn(io);
        }
        List<String> command = argv.isEmpty() ? List.of("sh") : argv;
        String name = command.getFirst().substring(command.getFirst().lastIndexOf('/') + 1);
        List<String> arguments = command.subList(1, command.size());
        // $0 and the parameters come after the script.
        List<String> positional = arguments.stream().skip(2).toList();
        var variables =
                new ShellVariables(environment, positional.isEmpty() ? List.of("sh") : positional);
        var shell = new Shell(variables, files, signals, new ShellTraps());
        if (List.of("sh", "ash", "bash").contains(name)) {
            return ShellPrograms.script(shell, arguments, io);
        }
        try {
            return ShellSimple.run(shell, command, io);
        } catch (ShellJump.Exit e) {
            return e.code();
        }
    }

    private int standIn(ShellIo io) throws InterruptedException {
        io.println(
                "podwire-sim: images are not run; %s stands here until the pod is deleted"
                        .formatted(image()));
        signals.await(FOREVER, signals::termPending);
        return 0;
    }

    /// What the container left as its termination message.
    String message() {
        byte[] bytes =
                files.read(Json.text(container, "terminationMessagePath")).orElse(new byte[0]);
        return new String(bytes, 0, Math.min(bytes.length, MESSAGE_BYTES), StandardCharsets.UTF_8);
    }
}
