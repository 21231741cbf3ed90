package io.podwire.simulation;

import io.fabric8.kubernetes.api.model.Pod;
import io.podwire.execute.ApiFailure;
import io.podwire.execute.FoundPod;
import io.podwire.execute.Pods;
import io.podwire.execute.Reply;
import io.podwire.logs.PodLook;
import io.podwire.protocol.Command;
import io.podwire.protocol.Owner;
import io.podwire.protocol.PodConfig;
import io.podwire.protocol.PodMarks;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodStatus;
import io.podwire.watch.PodProof;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/// One worker's connection to the API server, and all that can happen on it.
///
/// Confined to the scheduler's thread; the calls wait on virtual threads.
final class WorkerCluster implements Pods, PodProof, PodLook {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration REFUSED = Duration.ofMillis(300);

    private final World world;
    private final Host host;
    private final IntPredicate ours;

    /// @param ours whether the worker's own client still has that partition
    WorkerCluster(World world, Host host, IntPredicate ours) {
        this.world = world;
        this.host = host;
        this.ours = ours;
    }

    @Override
    public Reply<PodStatus> create(PodRef pod, Pod manifest) throws InterruptedException {
        requireOurs(
                Optional.ofNullable(manifest.getMetadata().getLabels())
                        .map(labels -> labels.get(PodMarks.PARTITION))
                        .map(Integer::valueOf),
                "created " + pod.name());
        return call(() -> world.cluster().create(pod, manifest, host));
    }

    @Override
    public Reply<PodStatus> find(PodRef pod) throws InterruptedException {
        return call(() -> world.cluster().find(pod));
    }

    @Override
    public Reply<FoundPod> findManifest(PodRef pod) {
        throw new UnsupportedOperationException("no command of the script asks for it");
    }

    @Override
    public Reply<PodStatus> delete(
            PodRef pod, String uid, Command.Deletion deletion, OptionalLong grace)
            throws InterruptedException {
        requireOurs(
                world.cluster()
                        .everMade(uid)
                        .flatMap(made -> made.view().owner())
                        .map(Owner::partition),
                "deleted " + pod.name());
        return call(
                () -> {
                    world.cluster()
                            .pod(pod)
                            .filter(there -> !there.uid().equals(uid))
                            .filter(_ -> precondition(uid).isEmpty())
                            .ifPresent(
                                    there ->
                                            world.promises()
                                                    .broken(
                                                            Promise.ANOTHERS_DELETED,
                                                            "%s for %s"
                                                                    .formatted(there.uid(), uid)));
                    return world.cluster().delete(pod, precondition(uid), deletion, grace);
                });
    }

    /// As the request carries it.
    Optional<String> precondition(String uid) {
        return Optional.of(uid);
    }

    private void requireOurs(Optional<Integer> partition, String what) {
        if (partition.filter(number -> !ours.test(number)).isPresent()) {
            world.promises()
                    .broken(
                            Promise.CHANGED_AFTER_LOSS,
                            "%s %s of partition %d".formatted(host.name(), what, partition.get()));
        }
    }

    /// One request with its answer.
    <T> Reply<T> call(Supplier<Reply<T>> effect) throws InterruptedException {
        if (host.isCut(Host.Line.CLUSTER) && world.scheduler().chance() < 0.5) {
            world.scheduler().sleep(REFUSED);
            return unanswered(ApiFailure.Sent.NOT_SENT);
        }
        Optional<Fault> fault = world.chaos().apiCall(host);
        if (fault.isEmpty()) {
            return ask(Network.Fate.USUAL, effect);
        }
        return switch (fault.get()) {
            case API_REQUEST_LOST -> ask(Network.Fate.NEVER_ARRIVES, effect);
            case API_ANSWER_LOST -> ask(Network.Fate.ANSWER_LOST, effect);
            case API_SLOW -> ask(Network.Fate.SLOW, effect);
            case API_REFUSED -> {
                world.scheduler().sleep(REFUSED);
                yield unanswered(ApiFailure.Sent.NOT_SENT);
            }
            case API_500_AFTER_EFFECT ->
                    ask(
                            Network.Fate.USUAL,
                            () -> {
                                var _ = effect.get();
                                return Cluster.refused(500, "InternalError", "etcd: time-out");
                            });
            case API_503 ->
                    ask(
                            Network.Fate.USUAL,
                            () -> Cluster.refused(503, "ServiceUnavailable", "no leader"));
            case API_429 ->
                    ask(
                            Network.Fate.USUAL,
                            () -> Cluster.refused(429, "TooManyRequests", "slow down"));
            default -> throw new IllegalStateException("not of the API: " + fault.get());
        };
    }

    private <T> Reply<T> ask(Network.Fate fate, Supplier<Reply<T>> effect)
            throws InterruptedException {
        return world.network()
                .ask(new Network.Sender(host, Host.Line.CLUSTER), TIMEOUT, fate, effect)
                .orElseGet(() -> unanswered(ApiFailure.Sent.MAYBE));
    }

    private static <T> Reply<T> unanswered(ApiFailure.Sent sent) {
        return new Reply.Refused<>(ApiFailure.unanswered(sent, "no answer"));
    }

    @Override
    public Proof prove(PodRef pod, String uid) throws InterruptedException {
        return switch (find(pod)) {
            case Reply.Ok<PodStatus>(var status) ->
                    status.uid().equals(uid) ? new Proof.Alive(status) : new Proof.Gone();
            case Reply.Refused<PodStatus>(var failure) when failure.provesAbsence() ->
                    new Proof.Gone();
            case Reply.Refused<PodStatus>(_) -> new Proof.Unknown();
        };
    }

    @Override
    public Look look(PodRef pod) throws InterruptedException {
        Reply<Look> reply =
                call(
                        () ->
                                new Reply.Ok<>(
                                        world.cluster()
                                                .pod(pod)
                                                .<Look>map(WorkerCluster::present)
                                                .orElseGet(Look.Gone::new)));
        return switch (reply) {
            case Reply.Ok<Look>(var look) -> look;
            case Reply.Refused<Look>(var failure) -> new Look.Unknown(failure.message());
        };
    }

    private static Look present(SimulatedPod pod) {
        return new Look.Present(
                pod.view(),
                Arrays.stream(PodConfig.RestartPolicy.values())
                        .filter(each -> each.kubernetes().equals(pod.restartPolicy()))
                        .findFirst());
    }
}
