package io.podwire.kubernetes;

import io.fabric8.kubernetes.api.model.Namespace;
import io.podwire.execute.Reply;

import java.util.Optional;

/// Which cluster this is: the uid of its `kube-system` namespace, which lives as long as it does.
public final class ClusterIdentity {
    private final ApiCalls calls;

    ClusterIdentity(ApiCalls calls) {
        this.calls = calls;
    }

    /// Empty where we may not read it; one request, not tried again.
    public Reply<Optional<String>> fetch() throws InterruptedException {
        String path = ApiCalls.path("api", "v1", "namespaces", "kube-system");
        return switch (calls.get(path, Namespace.class)) {
            case Reply.Ok<Namespace>(var found) ->
                    new Reply.Ok<>(Optional.ofNullable(found.getMetadata().getUid()));
            case Reply.Refused<Namespace>(var failure) when failure.status() == 403 ->
                    new Reply.Ok<>(Optional.empty());
            case Reply.Refused<Namespace>(var failure) -> new Reply.Refused<>(failure);
        };
    }
}
