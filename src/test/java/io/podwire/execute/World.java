package io.podwire.execute;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.podwire.execute.ExecutorSettings.ForeignPods;
import io.podwire.protocol.AffinityConfig;
import io.podwire.protocol.Await;
import io.podwire.protocol.Command.CreatePod;
import io.podwire.protocol.Command.DeleteEnd;
import io.podwire.protocol.Command.DeletePod;
import io.podwire.protocol.Command.Deletion;
import io.podwire.protocol.Command.GetPod;
import io.podwire.protocol.Command.ReadLogs;
import io.podwire.protocol.Command.View;
import io.podwire.protocol.CommandError;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.ContainerConfig.Probes;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.Fact;
import io.podwire.protocol.LogRequest;
import io.podwire.protocol.Origin;
import io.podwire.protocol.PodConfig;
import io.podwire.protocol.PodConfig.Resources;
import io.podwire.protocol.PodConfig.RestartPolicy;
import io.podwire.protocol.PodMarks;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.RecordRef;
import io.podwire.protocol.SecurityConfig;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// An executor on pods in memory, with time that only waiting moves.
final class World {
    static final PodRef POD = new PodRef("lab", "train-1");
    static final String GROUP = "podwire";
    static final String ID = "cmd-1";
    static final String DIGEST = "d1";
    static final int PARTITION = 3;
    static final Duration TIMEOUT = Duration.ofMinutes(5);

    final MemoryPods pods = new MemoryPods();
    final HandClock clock = new HandClock();
    final Executor executor;
    boolean permitted = true;
    boolean certain = true;
    Optional<Instant> expiry = Optional.empty();

    World() {
        this(ForeignPods.CLOSED);
    }

    World(ForeignPods foreign) {
        executor =
                new Executor(
                        pods,
                        new ExecutorSettings(GROUP, foreign, TIMEOUT, Pacing.DEFAULT),
                        clock,
                        clock);
    }

    Fact.OfCommand create() throws InterruptedException {
        return executor.create(
                new CreatePod(origin(), expiry, POD, config(), Optional.<Await>empty()),
                manifest(GROUP, PARTITION, ID, DIGEST),
                permission());
    }

    Fact.OfCommand get(View view) throws InterruptedException {
        return executor.get(
                new GetPod(origin(), expiry, POD, view, Optional.empty()), permission());
    }

    Fact.OfCommand delete() throws InterruptedException {
        return delete(Optional.empty(), Deletion.GRACEFUL, OptionalLong.empty());
    }

    Fact.OfCommand delete(Optional<String> uid, Deletion deletion, OptionalLong grace)
            throws InterruptedException {
        return executor.delete(
                new DeletePod(
                        origin(),
                        expiry,
                        POD,
                        uid,
                        grace,
                        deletion,
                        DeleteEnd.GONE,
                        Optional.empty()),
                permission());
    }

    Fact.OfCommand logs(LogRequest.Selection selection) throws InterruptedException {
        LogRequest request =
                new LogRequest(
                        selection,
                        OptionalLong.empty(),
                        Optional.empty(),
                        LogRequest.Follow.NO,
                        LogRequest.Timestamps.NO,
                        LogRequest.Instance.CURRENT,
                        OptionalLong.empty(),
                        Optional.empty());
        return executor.openLogs(new ReadLogs(origin(), expiry, POD, request), permission());
    }

    private Permission permission() {
        return new Permission() {
            @Override
            public boolean held() {
                return permitted;
            }

            @Override
            public boolean certain() {
                return certain;
            }
        };
    }

    static Pod mine() {
        return manifest(GROUP, PARTITION, ID, DIGEST);
    }

    static Pod manifest(String group, int partition, String id, String digest) {
        return new PodBuilder(PodsContract.manifest(POD))
                .editMetadata()
                .addToLabels(PodMarks.GROUP, group)
                .addToLabels(PodMarks.PARTITION, Integer.toString(partition))
                .addToAnnotations(PodMarks.COMMAND_SOURCE, "/lab")
                .addToAnnotations(PodMarks.COMMAND_ID, id)
                .addToAnnotations(PodMarks.COMMAND_DIGEST, digest)
                .endMetadata()
                .build();
    }

    static Origin origin() {
        return new Origin(
                new RecordRef("pod-commands", PARTITION, 7),
                Optional.of(POD.key()),
                Optional.of(new CommandRef("/lab", ID)),
                Optional.of("io.podwire.pod.create.v1"),
                Optional.of(POD),
                Optional.empty(),
                Optional.empty(),
                Optional.of(DIGEST));
    }

    static ErrorReason reason(Fact fact) {
        return error(fact).reason();
    }

    static CommandError error(Fact fact) {
        return switch (fact) {
            case Fact.Failed failed -> failed.error();
            case Fact.Refused refused -> refused.error();
            default -> throw new AssertionError("not negative: " + fact);
        };
    }

    private static PodConfig config() {
        return new PodConfig(
                POD.name(),
                Optional.empty(),
                "busybox:1.36",
                List.of(),
                List.of(),
                Optional.empty(),
                new Resources(
                        "1",
                        "64Mi",
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Probes.NONE,
                SecurityConfig.NONE,
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                RestartPolicy.NEVER,
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Map.of(),
                List.of(),
                AffinityConfig.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
