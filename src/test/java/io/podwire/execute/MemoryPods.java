package io.podwire.execute;

import io.fabric8.kubernetes.api.model.Pod;
import io.podwire.execute.ApiFailure.Sent;
import io.podwire.protocol.Command.Deletion;
import io.podwire.protocol.CommandError.Cause;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodStatus;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/// Pods in memory, as the API server would hold them, with a script of what is to go wrong.
///
/// Thread-safe. Every namespace exists unless it was said to be missing; no kubelet is there: the
/// test moves a pod's state and ends its deletion.
public final class MemoryPods implements Pods {
    /// The calls that can be made to fail; a read of the manifest is a `FIND`.
    public enum Kind {
        CREATE,
        FIND,
        DELETE
    }

    /// One call as it was made, whatever became of it.
    public record Called(Kind kind, PodRef pod) {}

    private record Held(String uid, long version, Pod manifest, PodLifecycle state, boolean ends) {}

    private sealed interface Fault {
        record Answer(ApiFailure failure) implements Fault {}

        record AnswerLost() implements Fault {}

        record RequestLost() implements Fault {}
    }

    private final Map<PodRef, Held> pods = new TreeMap<>();
    private final Map<Kind, Deque<Fault>> script = new EnumMap<>(Kind.class);
    private final List<Called> calls = new ArrayList<>();
    private final List<PodRef> created = new ArrayList<>();
    private final Set<String> missingNamespaces = new HashSet<>();
    private final Map<PodRef, Integer> readsUntilGone = new TreeMap<>();
    private int quota = Integer.MAX_VALUE;
    private int pace;
    private boolean down;
    private long counter;

    public MemoryPods() {
        for (Kind kind : Kind.values()) {
            script.put(kind, new ArrayDeque<>());
        }
    }

    @Override
    public synchronized Reply<PodStatus> create(PodRef pod, Pod manifest) {
        return call(Kind.CREATE, pod, () -> createNow(pod, manifest));
    }

    @Override
    public synchronized Reply<PodStatus> find(PodRef pod) {
        return call(Kind.FIND, pod, () -> findNow(pod));
    }

    @Override
    public synchronized Reply<FoundPod> findManifest(PodRef pod) {
        return switch (call(Kind.FIND, pod, () -> findNow(pod))) {
            case Reply.Ok<PodStatus>(var status) ->
                    new Reply.Ok<>(
                            new FoundPod(
                                    status, "{\"metadata\":{\"name\":\"" + pod.name() + "\"}}"));
            case Reply.Refused<PodStatus>(var failure) -> new Reply.Refused<>(failure);
        };
    }

    @Override
    public synchronized Reply<PodStatus> delete(
            PodRef pod, String uid, Deletion deletion, OptionalLong graceSeconds) {
        return call(Kind.DELETE, pod, () -> deleteNow(pod, uid, deletion));
    }

    /// The next calls of that kind are answered so, one after another.
    public synchronized void failNext(Kind kind, ApiFailure... failures) {
        for (ApiFailure failure : failures) {
            faults(kind).add(new Fault.Answer(failure));
        }
    }

    /// The next call of that kind has its effect, but its answer never arrives.
    public synchronized void loseNextAnswer(Kind kind) {
        faults(kind).add(new Fault.AnswerLost());
    }

    /// The next call of that kind has no effect, and nobody can tell.
    public synchronized void loseNextRequest(Kind kind) {
        faults(kind).add(new Fault.RequestLost());
    }

    /// Nothing can be reached any more.
    public synchronized void goDown() {
        down = true;
    }

    public synchronized void comeUp() {
        down = false;
    }

    /// How many pods there may be in all.
    public synchronized void quota(int most) {
        quota = most;
    }

    public synchronized void missNamespace(String namespace) {
        missingNamespaces.add(namespace);
    }

    /// A pod whose deletion has begun is gone after that many more reads of it; 0: only by [#remove].
    public synchronized void deletionsEndAfterReads(int reads) {
        pace = reads;
    }

    /// Puts a pod there without a call, as somebody else would have.
    public synchronized PodStatus put(PodRef pod, Pod manifest, PodLifecycle state) {
        counter++;
        pods.put(pod, new Held("uid-" + counter, counter, manifest, state, false));
        return status(pod).orElseThrow();
    }

    /// What the kubelet would have reported.
    public synchronized void move(PodRef pod, PodLifecycle state) {
        Held held = pods.get(pod);
        if (held == null) {
            throw new IllegalStateException("no such pod: " + pod);
        }
        counter++;
        pods.put(pod, new Held(held.uid(), counter, held.manifest(), state, held.ends()));
    }

    /// The pod is gone: its deletion has ended, or somebody has made it so.
    public synchronized void remove(PodRef pod) {
        pods.remove(pod);
        readsUntilGone.remove(pod);
    }

    public synchronized Optional<PodStatus> status(PodRef pod) {
        return Optional.ofNullable(pods.get(pod)).map(MemoryPods::statusOf);
    }

    public synchronized List<Called> calls() {
        return List.copyOf(calls);
    }

    public synchronized long calls(Kind kind) {
        return calls.stream().filter(call -> call.kind() == kind).count();
    }

    /// Every pod object that a create has ever brought into being.
    public synchronized List<PodRef> created() {
        return List.copyOf(created);
    }

    private Deque<Fault> faults(Kind kind) {
        Deque<Fault> faults = script.get(kind);
        if (faults == null) {
            throw new IllegalStateException("every kind has its script: " + kind);
        }
        return faults;
    }

    private Reply<PodStatus> call(Kind kind, PodRef pod, Effect effect) {
        calls.add(new Called(kind, pod));
        if (down) {
            return failed(ApiFailure.unanswered(Sent.NOT_SENT, "Connection refused"));
        }
        Fault fault = faults(kind).poll();
        if (fault == null) {
            return effect.happen();
        }
        return switch (fault) {
            case Fault.Answer(var failure) -> failed(failure);
            case Fault.AnswerLost() -> {
                var _ = effect.happen();
                yield failed(ApiFailure.unanswered(Sent.MAYBE, "Connection reset"));
            }
            case Fault.RequestLost() ->
                    failed(ApiFailure.unanswered(Sent.MAYBE, "no answer within 10 s"));
        };
    }

    private Reply<PodStatus> createNow(PodRef pod, Pod manifest) {
        if (missingNamespaces.contains(pod.namespace())) {
            return refused(
                    404,
                    "NotFound",
                    "namespaces \"" + pod.namespace() + "\" not found",
                    "namespaces");
        }
        if (!pod.name().matches("[a-z0-9]([-a-z0-9.]*[a-z0-9])?")) {
            return failed(invalidName(pod));
        }
        // As in Kubernetes, the quota speaks before the name is looked at.
        if (pods.size() >= quota) {
            String message =
                    "pods \"%s\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=%d, limited: pods=%d"
                            .formatted(pod.name(), pods.size(), quota);
            return refused(403, "Forbidden", message, "pods");
        }
        Held held = pods.get(pod);
        if (held != null) {
            String message = "pods \"" + pod.name() + "\" already exists";
            return refused(
                    409,
                    "AlreadyExists",
                    held.ends() ? "object is being deleted: " + message : message,
                    "pods");
        }
        created.add(pod);
        return new Reply.Ok<>(put(pod, manifest, PodLifecycle.PENDING));
    }

    private Reply<PodStatus> findNow(PodRef pod) {
        Integer left = readsUntilGone.computeIfPresent(pod, (p, reads) -> reads - 1);
        if (left != null && left < 0) {
            remove(pod);
        }
        return status(pod)
                .<Reply<PodStatus>>map(Reply.Ok::new)
                .orElseGet(
                        () ->
                                refused(
                                        404,
                                        "NotFound",
                                        "pods \"" + pod.name() + "\" not found",
                                        "pods"));
    }

    private Reply<PodStatus> deleteNow(PodRef pod, String uid, Deletion deletion) {
        Held held = pods.get(pod);
        if (held == null) {
            return findNow(pod);
        }
        if (!held.uid().equals(uid)) {
            String message =
                    "the UID in the precondition (%s) does not match the UID in record (%s)"
                            .formatted(uid, held.uid());
            return refused(409, "Conflict", message, "pods");
        }
        boolean running = held.state().started() && !held.state().finished();
        if (deletion == Deletion.FORCED || !(running || held.ends())) {
            remove(pod);
            return new Reply.Ok<>(statusOf(held));
        }
        if (!held.ends() && pace > 0) {
            readsUntilGone.put(pod, pace);
        }
        counter++;
        pods.put(pod, new Held(uid, counter, held.manifest(), PodLifecycle.TERMINATING, true));
        return new Reply.Ok<>(status(pod).orElseThrow());
    }

    private static ApiFailure invalidName(PodRef pod) {
        String told = "Invalid value: \"" + pod.name() + "\": a lowercase RFC 1123 subdomain";
        return new ApiFailure(
                422,
                "Invalid",
                "Pod \"" + pod.name() + "\" is invalid: metadata.name: " + told,
                "Pod",
                List.of(new Cause("metadata.name", told)),
                List.of("FieldValueInvalid"),
                Optional.empty(),
                Sent.NOT_SENT);
    }

    private static Reply<PodStatus> refused(
            int status, String reason, String message, String kind) {
        return failed(ApiFailure.answered(status, reason, message, kind));
    }

    private static Reply<PodStatus> failed(ApiFailure failure) {
        return new Reply.Refused<>(failure);
    }

    private static PodStatus statusOf(Held held) {
        return MemoryView.of(held.manifest(), held.uid(), held.version(), held.state());
    }

    private interface Effect {
        Reply<PodStatus> happen();
    }
}
