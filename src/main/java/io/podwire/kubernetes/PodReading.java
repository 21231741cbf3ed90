package io.podwire.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.execute.Reply;
import io.podwire.logs.PodLook;
import io.podwire.protocol.PodConfig.RestartPolicy;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodStatus;
import io.podwire.watch.PodProof;
import io.podwire.watch.PodView;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// Reads single pods, always from the API server's newest state. Thread-safe.
///
/// Whoever gave the client closes it.
public final class PodReading implements PodLook, PodProof {
    private final ApiCalls calls;

    /// @param timeout for the whole answer
    public PodReading(KubernetesClient client, Duration timeout) {
        this.calls = new ApiCalls(client, timeout);
    }

    @Override
    public Look look(PodRef pod) throws InterruptedException {
        return switch (read(pod)) {
            case Answer.Found(var found) ->
                    new Look.Present(PodView.of(found), restartPolicy(found));
            case Answer.NotFound _ -> new Look.Gone();
            case Answer.None(var message) -> new Look.Unknown(message);
        };
    }

    @Override
    public Proof prove(PodRef pod, String uid) throws InterruptedException {
        return switch (read(pod)) {
            case Answer.Found(var found) -> {
                PodStatus status = PodView.of(found);
                yield status.uid().equals(uid) ? new Proof.Alive(status) : new Proof.Gone();
            }
            case Answer.NotFound _ -> new Proof.Gone();
            case Answer.None _ -> new Proof.Unknown();
        };
    }

    private sealed interface Answer {
        record Found(Pod pod) implements Answer {}

        record NotFound() implements Answer {}

        record None(String message) implements Answer {}
    }

    private Answer read(PodRef pod) throws InterruptedException {
        return switch (calls.get(ApiCalls.path(pod), Pod.class)) {
            case Reply.Ok<Pod>(var found) when found.getMetadata() != null ->
                    new Answer.Found(found);
            case Reply.Ok<Pod> _ -> new Answer.None("an answer without a pod");
            case Reply.Refused<Pod>(var failure) when failure.provesAbsence() ->
                    new Answer.NotFound();
            case Reply.Refused<Pod>(var failure) -> new Answer.None(failure.message());
        };
    }

    private static Optional<RestartPolicy> restartPolicy(Pod pod) {
        return Optional.ofNullable(pod.getSpec())
                .flatMap(
                        spec ->
                                Arrays.stream(RestartPolicy.values())
                                        .filter(
                                                each ->
                                                        each.kubernetes()
                                                                .equals(spec.getRestartPolicy()))
                                        .findFirst());
    }
}
