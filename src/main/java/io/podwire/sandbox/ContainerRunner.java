package io.podwire.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;

/// Runs one container of a pod, again and again as its restart policy says.
///
/// [#run()] is called by one thread; [#term()] and [#kill()] by any.
final class ContainerRunner {
    private static final int NEVER_RAN = -1;
    private static final int START_ERROR = 128;
    private static final int MAX_DOUBLINGS = 5;

    private final Node node;
    private final PodUnit unit;
    private final ObjectNode spec;
    private final String restartPolicy;
    private final String name;
    private final List<String> gpus;

    /// The signals of the instance that runs, or ran last.
    private volatile Signals signals = new Signals();

    ContainerRunner(
            Node node, PodUnit unit, ObjectNode spec, String restartPolicy, List<String> gpus) {
        this.node = node;
        this.unit = unit;
        this.spec = spec;
        this.restartPolicy = restartPolicy;
        this.name = Json.text(spec, "name");
        this.gpus = gpus;
    }

    void term() {
        signals.term();
    }

    void kill() {
        signals.kill();
    }

    /// Ends when the container will not run again; gives its last exit code.
    int run() throws InterruptedException {
        OptionalInt exit = unit.board().exitCode(name);
        int failures = 0;
        while (exit.isEmpty() || restarts(exit.getAsInt())) {
            if (exit.isPresent()) {
                backOff(failures);
                failures++;
            }
            Optional<Map<String, String>> environment = prepare();
            if (environment.isEmpty() || unit.halted()) {
                return exit.orElse(NEVER_RAN);
            }
            exit = OptionalInt.of(runOnce(environment.get(), exit.isPresent()));
        }
        return exit.getAsInt();
    }

    private boolean restarts(int exitCode) {
        if (unit.halted()) {
            return false;
        }
        return switch (restartPolicy) {
            case "Always" -> true;
            case "OnFailure" -> exitCode != 0;
            default -> false;
        };
    }

    /// The first restart comes at once, the next ones after the back-off, doubled each time.
    private void backOff(int failures) throws InterruptedException {
        if (failures == 0) {
            unit.pause(node.pace().start());
            return;
        }
        Duration wait =
                node.pace().backOff().multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        waiting(
                "CrashLoopBackOff",
                "back-off %s restarting failed container=%s pod=%s_%s(%s)"
                        .formatted(
                                span(wait),
                                name,
                                Json.text(unit.pod(), "metadata", "name"),
                                Json.text(unit.pod(), "metadata", "namespace"),
                                Pods.uid(unit.pod())));
        unit.pause(wait);
    }

    /// As Go writes it: `10s`, `1m20s`, `500ms`.
    private static String span(Duration wait) {
        if (wait.toMillis() % 1_000 != 0) {
            return wait.toMillis() + "ms";
        }
        long seconds = wait.toSeconds();
        return (seconds >= 60 ? seconds / 60 + "m" : "") + seconds % 60 + "s";
    }

    /// Pulls the image and gathers the environment, however long that takes; empty if the pod ends first.
    private Optional<Map<String, String>> prepare() throws InterruptedException {
        String image = Json.text(spec, "image");
        if (!Images.wellFormed(image)) {
            Images.Problem malformed = Images.malformed(image);
            waiting(malformed.reason(), malformed.message());
            unit.awaitHalt();
            return Optional.empty();
        }
        unit.pause(node.pace().pull());
        pullUntilThere(image);
        Duration retry = node.pace().retry();
        while (!unit.halted()) {
            try {
                return Optional.of(
                        new ContainerConfig(node.store(), unit.pod(), spec, unit.address())
                                .environment(gpus));
            } catch (ContainerConfig.Missing e) {
                waiting("CreateContainerConfigError", String.valueOf(e.getMessage()));
                unit.pause(retry);
            }
        }
        return Optional.empty();
    }

    private void pullUntilThere(String image) throws InterruptedException {
        Optional<Images.Problem> problem = Images.pull(image);
        for (int tries = 0; problem.isPresent() && !unit.halted(); tries++) {
            Images.Problem failed = problem.get();
            waiting(failed.reason(), failed.message());
            unit.pause(node.pace().retry());
            waiting(
                    "ImagePullBackOff",
                    "Back-off pulling image \"%s\": ErrImagePull: %s"
                            .formatted(image, failed.message()));
            unit.pause(node.pace().backOff().multipliedBy(1L << Math.min(tries, MAX_DOUBLINGS)));
            problem = Images.pull(image);
        }
    }

    private void waiting(String reason, String message) {
        unit.board()
                .change(
                        name,
                        status -> {
                            keepLast(status);
                            status.putObject("state")
                                    .putObject("waiting")
                                    .put("reason", reason)
                                    .put("message", message);
                        });
    }

    private static void keepLast(ObjectNode status) {
        JsonNode terminated = Json.at(status, "state", "terminated");
        if (terminated.isObject()) {
            status.putObject("lastState").set("terminated", terminated);
        }
    }

    private int runOnce(Map<String, String> environment, boolean again)
            throws InterruptedException {
        unit.pause(node.pace().start());
        var mine = new Signals();
        signals = mine;
        if (unit.halted()) {
            return NEVER_RAN;
        }
        ContainerFiles files = unit.volumes().mount(spec);
        List<String> argv =
                new ContainerConfig(node.store(), unit.pod(), spec, unit.address())
                        .argv(environment);
        var process = new ContainerProcess(spec, argv, environment, files, mine);
        int instance = unit.board().restarts(name) + (again ? 1 : 0);
        ContainerLog log = node.logs().open(Pods.uid(unit.pod()), name, instance);
        String id = "containerd://" + randomId();
        Optional<String> error = process.startError();
        if (error.isPresent()) {
            log.end();
            terminated(id, instance, START_ERROR, "StartError", error.get());
            return START_ERROR;
        }
        running(id, instance);
        int code;
        try (var probes = probes(process, mine)) {
            probes.start();
            code = process.run(log);
        }
        terminated(id, instance, code, code == 0 ? "Completed" : "Error", process.message());
        return code;
    }

    private ContainerProbes probes(ContainerProcess process, Signals mine) {
        long grace = Json.at(unit.pod(), "spec", "terminationGracePeriodSeconds").asLong();
        return new ContainerProbes(
                spec, process, mine, grace, change -> unit.board().change(name, change));
    }

    private static String randomId() {
        var bytes = new byte[32];
        ThreadLocalRandom.current().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private void running(String id, int instance) {
        unit.board()
                .change(
                        name,
                        status -> {
                            keepLast(status);
                            begun(status, id, instance)
                                    .put("ready", ContainerProbes.readyAtOnce(spec))
                                    .put("started", ContainerProbes.startsAtOnce(spec));
                            status.putObject("state")
                                    .putObject("running")
                                    .put("startedAt", Pods.time(Instant.now()));
                        });
    }

    private ObjectNode begun(ObjectNode status, String id, int instance) {
        String full = Images.full(Json.text(spec, "image"));
        return status.put("containerID", id)
                .put("image", full)
                .put("imageID", full + "@sha256:" + "0".repeat(64))
                .put("restartCount", instance);
    }

    private void terminated(String id, int instance, int code, String reason, String message) {
        unit.board()
                .change(
                        name,
                        status -> {
                            String now = Pods.time(Instant.now());
                            String started = Json.text(status, "state", "running", "startedAt");
                            keepLast(status);
                            begun(status, id, instance).put("ready", false).put("started", false);
                            ObjectNode end =
                                    status.putObject("state")
                                            .putObject("terminated")
                                            .put("containerID", id)
                                            .put("exitCode", code)
                                            .put("finishedAt", now)
                                            .put("reason", reason)
                                            .put("startedAt", started.isEmpty() ? now : started);
                            if (!message.isEmpty()) {
                                end.put("message", message);
                            }
                        });
    }
}
