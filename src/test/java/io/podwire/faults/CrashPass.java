package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.podwire.codec.ReadEvent;
import io.podwire.testkit.CrashAgent;
import io.podwire.testkit.CrashPoint;
import io.podwire.testkit.WorkerUnderTest;

import java.nio.file.Path;
import java.util.List;

/// Crashes one worker after the other at the points of the fault matrix; each goes on with what the one before left.
///
/// Confined to the test's thread.
final class CrashPass {
    private static final int CODE = 137;
    private static final String SHORT_SESSION = "kafka.consumer.session.timeout.ms=2000";

    /// More than four chunks of 256 KiB, however late it is read.
    private static final String LONG_LOG =
            ",\"command\":[\"sh\",\"-c\",\"for i in 1 2 3 4 5 6 7 8; do seq 1 40000; sleep 0.1; done\"]";

    private final WorkerBench bench;
    private final FaultRun run;
    private final Path dir;
    private final Workload workload;
    private final WorkerUnderTest worker;
    private int pods;

    /// @param dir where the workers' crash points are armed
    CrashPass(WorkerBench bench, FaultRun run, Path dir) {
        this.bench = bench;
        this.run = run;
        this.dir = dir;
        this.workload = new Workload(bench);
        this.worker = bench.start(dir, CrashAgent.options(dir), SHORT_SESSION);
    }

    void crashAt(List<Crash> crashes) throws InterruptedException {
        for (Crash crash : crashes) {
            crashAt(crash);
        }
    }

    private void crashAt(Crash crash) throws InterruptedException {
        String pod = "crash-" + ++pods;
        String before = prepare(crash.kind(), pod);
        awaitQuiet();
        arm(crash);
        String command = send(crash.kind(), pod, before);
        awaitCrash(crash.matrix() + " " + crash.kind());
        worker.restart();
        var _ = bench.events().answer(command);
    }

    private void arm(Crash crash) {
        if (crash.point() == CrashPoint.AFTER_SEND) {
            crash.point().armFlushed(dir, crash.nth(), crash.about());
        } else {
            crash.point().arm(dir, crash.nth(), crash.about());
        }
    }

    /// Sends what the command needs to be there; returns the command that a cancel is for.
    private String prepare(Crash.Kind kind, String pod) throws InterruptedException {
        return switch (kind) {
            case CREATE, CREATE_AND_AWAIT -> "";
            case GET, DELETE -> answered(workload.create(pod, Conversation.NOWHERE));
            case LOGS -> answered(workload.create(pod, LONG_LOG));
            case CANCEL -> accepted(workload.createAndAwait(pod, Conversation.NOWHERE, "Running"));
        };
    }

    private String send(Crash.Kind kind, String pod, String before) {
        return switch (kind) {
            case CREATE -> workload.create(pod, Conversation.NOWHERE);
            case CREATE_AND_AWAIT -> workload.createAndAwait(pod, "", "Finished");
            case GET -> workload.get(pod);
            case DELETE -> workload.delete(pod);
            case LOGS -> workload.follow(pod);
            case CANCEL -> workload.cancel(pod, before);
        };
    }

    private String answered(String command) throws InterruptedException {
        var _ = bench.events().answer(command);
        return command;
    }

    private String accepted(String command) throws InterruptedException {
        var _ =
                bench.events()
                        .await(
                                event ->
                                        event.body() instanceof ReadEvent.Accepted
                                                && event.cause()
                                                        .filter(c -> c.id().equals(command))
                                                        .isPresent());
        return command;
    }

    /// So that the next passage is the next command's.
    private void awaitQuiet() throws InterruptedException {
        bench.awaitSettled();
    }

    /// Crashes while it takes its partitions over, and while it reads their states.
    void crashWhileStarting() throws InterruptedException {
        for (CrashPoint point : List.of(CrashPoint.IN_ASSIGNED, CrashPoint.IN_RESTORE)) {
            String before = workload.create("crash-" + ++pods, Conversation.NOWHERE);
            bench.awaitSent();
            worker.kill();
            String meanwhile = workload.create("crash-" + ++pods, Conversation.NOWHERE);
            point.arm(dir, 1, "");
            worker.restart();
            awaitCrash(point.matrix() + " start");
            worker.restart();
            var _ = bench.events().answer(before);
            var _ = bench.events().answer(meanwhile);
        }
    }

    /// Crashes while it gives partitions up to a second worker, which goes on.
    void crashWhileGivingUp(Path dirOfSecond) throws InterruptedException {
        awaitQuiet();
        CrashPoint.IN_REVOKED.arm(dir, 1, "");
        String before = workload.create("crash-" + ++pods, Conversation.NOWHERE);
        String open = workload.createAndAwait("crash-" + ++pods, "", "Finished");
        WorkerUnderTest second = bench.start(dirOfSecond, SHORT_SESSION, "worker.id=second");
        awaitCrash("C12 revoked");
        var _ = bench.events().answer(before);
        var _ = bench.events().answer(open);
        assertThat(second.alive()).isTrue();
    }

    private void awaitCrash(String which) {
        assertThatCode(worker::exitCode).as(which).doesNotThrowAnyException();
        assertThat(worker.exitCode()).as(which).isEqualTo(CODE);
        assertThat(CrashPoint.reached(dir)).as(which).isTrue();
        run.injected(1);
        run.healed();
    }
}
