package io.podwire.simulation;

import java.time.Duration;
import java.util.function.Consumer;

/// Lives the pods' lives: scheduled, run, ended, restarted, removed. Confined to the scheduler's thread.
final class Kubelet {
    private static final double BAD_IMAGE = 0.06;
    private static final double FAILS = 0.3;
    private static final double STUCK = 0.04;

    private final Scheduler scheduler;
    private final Cluster cluster;

    Kubelet(Scheduler scheduler, Cluster cluster) {
        this.scheduler = scheduler;
        this.cluster = cluster;
    }

    void take(SimulatedPod pod) {
        later(20, 1_500, pod, this::schedule);
    }

    private void schedule(SimulatedPod pod) {
        pod.schedule(cluster.nextVersion());
        cluster.tell(pod, false);
        if (scheduler.chance() < BAD_IMAGE) {
            later(50, 2_000, pod, this::failImage);
        } else {
            later(50, 2_000, pod, this::run);
        }
    }

    private void failImage(SimulatedPod pod) {
        pod.failImage(cluster.nextVersion());
        cluster.tell(pod, false);
    }

    private void run(SimulatedPod pod) {
        pod.run(cluster.nextVersion(), scheduler.instant());
        cluster.tell(pod, false);
        print(pod, 0, scheduler.below(12));
    }

    private void print(SimulatedPod pod, int number, int most) {
        if (number < most) {
            pod.print(
                    scheduler.instant(),
                    "%s run %d line %d".formatted(pod.uid(), pod.runNumber(), number));
            later(10, 1_500, pod, it -> print(it, number + 1, most));
        } else {
            later(0, 3_000, pod, this::exit);
        }
    }

    private void exit(SimulatedPod pod) {
        int code = scheduler.chance() < FAILS ? 1 : 0;
        boolean again =
                switch (pod.restartPolicy()) {
                    case "Always" -> true;
                    case "OnFailure" -> code != 0;
                    default -> false;
                };
        pod.exit(cluster.nextVersion(), scheduler.instant(), new SimulatedPod.Exit(code, again));
        cluster.tell(pod, false);
        if (again) {
            later(500, 8_000, pod, this::run);
        }
    }

    /// Its deletion was accepted.
    void end(SimulatedPod pod, Duration grace) {
        Duration time =
                scheduler.chance() < STUCK
                        ? grace.plusSeconds(100)
                        : scheduler.between(Duration.ofMillis(20), shorter(grace));
        var _ =
                scheduler.after(
                        time,
                        () -> {
                            if (cluster.has(pod)) {
                                endNow(pod);
                            }
                        });
    }

    private static Duration shorter(Duration grace) {
        Duration longest = Duration.ofSeconds(5);
        return grace.compareTo(longest) < 0 ? grace : longest;
    }

    private void endNow(SimulatedPod pod) {
        if (pod.stage() != SimulatedPod.Stage.FINISHED) {
            pod.exit(cluster.nextVersion(), scheduler.instant(), new SimulatedPod.Exit(143, false));
            cluster.tell(pod, false);
        }
        cluster.remove(pod);
    }

    private void later(int fromMs, int toMs, SimulatedPod pod, Consumer<SimulatedPod> step) {
        var _ =
                scheduler.after(
                        scheduler.between(Duration.ofMillis(fromMs), Duration.ofMillis(toMs)),
                        () -> {
                            if (cluster.has(pod) && !pod.deleting()) {
                                step.accept(pod);
                            }
                        });
    }
}
