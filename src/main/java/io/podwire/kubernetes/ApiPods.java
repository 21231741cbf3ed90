package io.podwire.kubernetes;

import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.podwire.execute.FoundPod;
import io.podwire.execute.Pods;
import io.podwire.execute.Reply;
import io.podwire.protocol.Command.Deletion;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodStatus;

import java.util.OptionalLong;
import java.util.function.Function;

/// The pods of a real API server. Thread-safe.
final class ApiPods implements Pods {
    private final ApiCalls calls;
    private final Function<Pod, PodStatus> view;

    ApiPods(ApiCalls calls, Function<Pod, PodStatus> view) {
        this.calls = calls;
        this.view = view;
    }

    @Override
    public Reply<PodStatus> create(PodRef pod, Pod manifest) throws InterruptedException {
        String path = ApiCalls.path("api", "v1", "namespaces", pod.namespace(), "pods");
        return seen(calls.post(path + "?fieldManager=podwire", manifest, Pod.class));
    }

    @Override
    public Reply<PodStatus> find(PodRef pod) throws InterruptedException {
        // Without a resourceVersion: the newest, never a cache that may be old.
        return seen(calls.get(ApiCalls.path(pod), Pod.class));
    }

    @Override
    public Reply<FoundPod> findManifest(PodRef pod) throws InterruptedException {
        return switch (calls.get(ApiCalls.path(pod), Pod.class)) {
            case Reply.Ok<Pod>(var found) ->
                    new Reply.Ok<>(
                            new FoundPod(
                                    view.apply(found), calls.asJson(PublicManifest.of(found))));
            case Reply.Refused<Pod>(var failure) -> new Reply.Refused<>(failure);
        };
    }

    @Override
    public Reply<PodStatus> delete(
            PodRef pod, String uid, Deletion deletion, OptionalLong graceSeconds)
            throws InterruptedException {
        return seen(
                calls.delete(ApiCalls.path(pod), options(uid, deletion, graceSeconds), Pod.class));
    }

    private static DeleteOptions options(String uid, Deletion deletion, OptionalLong graceSeconds) {
        DeleteOptionsBuilder options =
                new DeleteOptionsBuilder().withNewPreconditions().withUid(uid).endPreconditions();
        switch (deletion) {
            case FORCED -> options.withGracePeriodSeconds(0L);
            case GRACEFUL ->
                    graceSeconds.ifPresent(
                            grace -> options.withGracePeriodSeconds(Math.max(1, grace)));
        }
        return options.build();
    }

    private Reply<PodStatus> seen(Reply<Pod> reply) {
        return switch (reply) {
            case Reply.Ok<Pod>(var pod) -> new Reply.Ok<>(view.apply(pod));
            case Reply.Refused<Pod>(var failure) -> new Reply.Refused<>(failure);
        };
    }
}
