package io.podwire.simulation;

import io.podwire.execute.Reply;
import io.podwire.logs.LogBytes;
import io.podwire.logs.LogSource;
import io.podwire.logs.LogTarget;
import io.podwire.protocol.LogRequest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// Logs as the kubelet gives them out: the newest run, by name, whoever has that name now. Thread-safe.
final class WorkerLogs implements LogSource {
    private static final Duration GLANCE = Duration.ofMillis(100);

    private final World world;
    private final WorkerCluster cluster;

    WorkerLogs(World world, WorkerCluster cluster) {
        this.world = world;
        this.cluster = cluster;
    }

    @Override
    public Opened open(LogTarget target) throws InterruptedException {
        Reply<Opened> reply = cluster.call(() -> new Reply.Ok<>(openNow(target)));
        return switch (reply) {
            case Reply.Ok<Opened>(var opened) -> opened;
            case Reply.Refused<Opened>(var failure) -> new Opened.Unavailable(failure.message());
        };
    }

    private Opened openNow(LogTarget target) {
        Optional<SimulatedPod> pod = world.cluster().pod(target.pod());
        if (pod.isEmpty()) {
            return new Opened.NoPod();
        }
        return switch (pod.get().stage()) {
            case PENDING, SCHEDULED, IMAGE_ERROR -> new Opened.Waiting("ContainerCreating");
            case RUNNING, WAITING_TO_RESTART, FINISHED -> {
                int run = run(pod.get(), target);
                yield run < 0
                        ? new Opened.NoPrevious()
                        : new Opened.Stream(new Bytes(pod.get(), run, target));
            }
        };
    }

    /// The kubelet keeps the newest run and the one before it; between two, both are the one that has ended.
    private static int run(SimulatedPod pod, LogTarget target) {
        boolean between = pod.stage() == SimulatedPod.Stage.WAITING_TO_RESTART;
        return target.instance() == LogRequest.Instance.PREVIOUS && !between
                ? pod.runNumber() - 1
                : pod.runNumber();
    }

    private final class Bytes implements LogBytes {
        private final SimulatedPod pod;
        private final int run;
        private final boolean follows;
        private final Instant opened = world.scheduler().instant();
        private final Instant since;
        private int next;
        private byte[] rest = {};

        Bytes(SimulatedPod pod, int run, LogTarget target) {
            this.pod = pod;
            this.run = run;
            this.follows = target.follow() == LogRequest.Follow.YES;
            this.since =
                    target.sinceTime()
                            .map(at -> at.truncatedTo(ChronoUnit.SECONDS))
                            .orElse(Instant.MIN);
            this.next =
                    target.tailLines().isPresent()
                            ? Math.max(0, lines().size() - (int) target.tailLines().getAsLong())
                            : 0;
        }

        private List<SimulatedPod.Printed> lines() {
            return pod.printed().stream()
                    .filter(line -> line.run() == run && !line.at().isBefore(since))
                    .filter(line -> follows || !line.at().isAfter(opened))
                    .toList();
        }

        @Override
        public int read(byte[] into, int from, Duration atMost)
                throws IOException, InterruptedException {
            if (world.chaos().cutsLog()) {
                throw new IOException("connection reset");
            }
            if (rest.length == 0 && !fill()) {
                if (!follows || ended()) {
                    return -1;
                }
                var _ =
                        world.scheduler()
                                .await(
                                        () -> next < lines().size() || ended(),
                                        atMost.compareTo(GLANCE) < 0 ? atMost : GLANCE);
                return 0;
            }
            int count = Math.min(rest.length, into.length - from);
            System.arraycopy(rest, 0, into, from, count);
            rest = java.util.Arrays.copyOfRange(rest, count, rest.length);
            return count;
        }

        private boolean fill() {
            List<SimulatedPod.Printed> all = lines();
            if (next >= all.size()) {
                return false;
            }
            SimulatedPod.Printed line = all.get(next++);
            rest = (line.at() + " " + line.text() + "\n").getBytes(StandardCharsets.UTF_8);
            return true;
        }

        private boolean ended() {
            return pod.runNumber() != run
                    || pod.stage() != SimulatedPod.Stage.RUNNING
                    || !world.cluster().has(pod);
        }

        @Override
        public void close() {
            // nothing is held open
        }
    }
}
