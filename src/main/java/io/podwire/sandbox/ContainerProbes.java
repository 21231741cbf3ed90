package io.podwire.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Asks the probes of one running instance of a container, and does what a kubelet does about the answers.
///
/// Thread-safe. Nothing is told after [#close()].
final class ContainerProbes implements AutoCloseable {
    private final JsonNode spec;
    private final ContainerProcess process;
    private final Signals signals;
    private final long graceSeconds;
    private final Consumer<Consumer<ObjectNode>> status;
    private final Instant begun = Instant.now();
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);

    /// @param graceSeconds the pod's, where a probe has none of its own
    /// @param status changes the status of the container
    ContainerProbes(
            JsonNode spec,
            ContainerProcess process,
            Signals signals,
            long graceSeconds,
            Consumer<Consumer<ObjectNode>> status) {
        this.spec = spec;
        this.process = process;
        this.signals = signals;
        this.graceSeconds = graceSeconds;
        this.status = status;
    }

    /// Whether a container counts as started as soon as it runs.
    static boolean startsAtOnce(JsonNode spec) {
        return !spec.has("startupProbe");
    }

    static boolean readyAtOnce(JsonNode spec) {
        return startsAtOnce(spec) && !spec.has("readinessProbe");
    }

    void start() {
        if (spec.has("startupProbe")) {
            run(() -> startup(spec.path("startupProbe")));
        } else {
            started.countDown();
        }
        if (spec.has("readinessProbe")) {
            run(() -> readiness(spec.path("readinessProbe")));
        }
        if (spec.has("livenessProbe")) {
            run(() -> liveness(spec.path("livenessProbe")));
        }
    }

    private interface Asking {
        void ask() throws InterruptedException;
    }

    private static void run(Asking asking) {
        var _ =
                Thread.startVirtualThread(
                        () -> {
                            try {
                                asking.ask();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    private void startup(JsonNode probe) throws InterruptedException {
        int failures = 0;
        for (boolean more = first(probe); more; more = next(probe)) {
            if (process.healthy(probe)) {
                boolean ready = !spec.has("readinessProbe");
                tell(container -> container.put("started", true).put("ready", ready));
                started.countDown();
                return;
            }
            failures++;
            if (failures >= count(probe, "failureThreshold")) {
                stop(probe);
                return;
            }
        }
    }

    private void readiness(JsonNode probe) throws InterruptedException {
        int successes = 0;
        int failures = 0;
        for (boolean more = first(probe); more; more = next(probe)) {
            boolean healthy = process.healthy(probe);
            successes = healthy ? successes + 1 : 0;
            failures = healthy ? 0 : failures + 1;
            if (successes == count(probe, "successThreshold")) {
                tell(container -> container.put("ready", true));
            }
            if (failures == count(probe, "failureThreshold")) {
                tell(container -> container.put("ready", false));
            }
        }
    }

    private void liveness(JsonNode probe) throws InterruptedException {
        int failures = 0;
        for (boolean more = first(probe); more; more = next(probe)) {
            failures = process.healthy(probe) ? 0 : failures + 1;
            if (failures >= count(probe, "failureThreshold")) {
                stop(probe);
                return;
            }
        }
    }

    /// Waits for the first turn; false if the container ends before. Only the startup probe is asked before
    /// the container has started.
    private boolean first(JsonNode probe) throws InterruptedException {
        while (!probe.equals(spec.path("startupProbe"))
                && !started.await(10, TimeUnit.MILLISECONDS)) {
            if (over.getCount() == 0) {
                return false;
            }
        }
        Instant due = begun.plusSeconds(count(probe, "initialDelaySeconds"));
        return !over.await(Duration.between(Instant.now(), due).toMillis(), TimeUnit.MILLISECONDS);
    }

    private boolean next(JsonNode probe) throws InterruptedException {
        return !over.await(count(probe, "periodSeconds"), TimeUnit.SECONDS);
    }

    private static int count(JsonNode probe, String name) {
        return probe.path(name).asInt();
    }

    /// The container is not well: it is told to end, and made to when its grace is over.
    private void stop(JsonNode probe) throws InterruptedException {
        signals.term();
        long grace = probe.path("terminationGracePeriodSeconds").asLong(graceSeconds);
        if (!over.await(grace, TimeUnit.SECONDS)) {
            signals.kill();
        }
    }

    private synchronized void tell(Consumer<ObjectNode> change) {
        if (over.getCount() > 0) {
            status.accept(change);
        }
    }

    @Override
    public synchronized void close() {
        over.countDown();
    }
}
