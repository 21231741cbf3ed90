package io.podwire.faults;

import static io.podwire.faults.Conversation.NOWHERE;
import static io.podwire.faults.Conversation.SLEEPS;
import static io.podwire.faults.Conversation.SMALL;
import static io.podwire.faults.Conversation.creation;
import static io.podwire.faults.Conversation.envelope;
import static io.podwire.faults.Conversation.name;
import static io.podwire.faults.Conversation.target;

import io.podwire.codec.ReadEvent;
import io.podwire.protocol.ErrorReason;

import java.util.UUID;

/// The commands that provoke the errors with which every cluster answers.
///
/// Confined to the test's thread.
final class ErrorScenes {
    private final Conversation usual;
    private final Conversation strict;
    private final ErrorPlaces places;

    /// @param usual with a worker of [#settings]
    /// @param strict with a worker of [#strictSettings]
    ErrorScenes(Conversation usual, Conversation strict, ErrorPlaces places) {
        this.usual = usual;
        this.strict = strict;
        this.places = places;
    }

    static String[] settings(String namespace) {
        return new String[] {
            "policy.namespaces=" + ErrorPlaces.all(namespace),
            "command.timeout=6s",
            "kubernetes.request.timeout=2s"
        };
    }

    static String[] strictSettings() {
        return new String[] {
            "policy.commands=create,get", "policy.images=busybox", "policy.max.cpu=1"
        };
    }

    ReadEvent provoke(ErrorReason reason) throws InterruptedException {
        return switch (reason.code()) {
            case COMMAND_INVALID -> invalid(reason);
            case COMMAND_DENIED -> denied(reason);
            case COMMAND_EXPIRED -> expired();
            case COMMAND_CANCELLED -> cancelled();
            case POD_NOT_FOUND -> notFound(reason);
            case POD_CREATION_FAILED -> creationFailed(reason);
            case POD_DELETION_FAILED -> stuck();
            case POD_AWAIT_FAILED -> awaitFailed(reason);
            case POD_LOGS_FAILED -> logsFailed(reason);
            case POD_READ_FAILED, CONNECTION_FAILED, INTERNAL -> throw noScene(reason);
        };
    }

    static AssertionError noScene(ErrorReason reason) {
        return new AssertionError("no scene for " + reason);
    }

    private ReadEvent invalid(ErrorReason reason) throws InterruptedException {
        String pod = name("invalid");
        return switch (reason) {
            case EMPTY -> usual.raw(pod, "");
            case MALFORMED_JSON -> usual.raw(pod, "{\"specversion\":");
            case DUPLICATE_FIELD ->
                    usual.raw(pod, envelope(pod, "pod.get", "{\"name\":\"a\",\"name\":\"b\"}"));
            case UNKNOWN_TYPE -> usual.ask("pod.teleport", pod, "");
            case UNSUPPORTED_VERSION ->
                    usual.raw(
                            pod,
                            envelope(pod, "pod.get", target(pod, "")).replace("get.v1", "get.v2"));
            case ID_INVALID -> usual.raw(pod, envelope("\\u0007", "pod.get", target(pod, "")));
            case SCHEMA -> usual.ask("pod.get", pod, ",\"view\":\"x-ray\"");
            case UNKNOWN_FIELD -> usual.ask("pod.get", pod, ",\"colour\":\"red\"");
            case NAME -> usual.ask("pod.get", "-" + pod, "");
            case SUBJECT_MISMATCH -> usual.raw(pod, with("\"subject\":\"other/pod\"", pod));
            case LIMIT_EXCEEDED ->
                    usual.ask(
                            "pod.get",
                            pod,
                            ",\"await\":{\"state\":\"Ready\",\"timeout\":\"400d\"}");
            case INVALID_RESOURCES -> usual.create(pod, "", "\"cpu\":\"-1\",\"memory\":\"16Mi\"");
            case INVALID_IMAGE -> usual.create(pod, ",\"image\":\"UPPER:1\"");
            case ID_CONFLICT -> idConflict(pod);
            case KEY_MISMATCH -> keyMismatch(pod);
            case NO_SUCH_COMMAND -> cancel(pod, "none");
            default -> throw noScene(reason);
        };
    }

    private ReadEvent denied(ErrorReason reason) throws InterruptedException {
        String pod = name("denied");
        return switch (reason) {
            case DENIED_NAMESPACE -> usual.ask("pod.get", pod, ",\"namespace\":\"kube-system\"");
            case DENIED_FIELD -> usual.create(pod, ",\"serviceAccount\":\"robot\"");
            case DENIED_LABEL -> usual.create(pod, ",\"labels\":{\"podwire.io/mine\":\"x\"}");
            case DENIED_POD_SECURITY ->
                    usual.create(
                            pod,
                            ",\"securityContext\":{\"capabilities\":{\"add\":[\"SYS_ADMIN\"]}}");
            case DENIED_IMAGE -> strict.create(pod, ",\"image\":\"nginx:1\"");
            case DENIED_RESOURCES ->
                    strict.create(pod, "", "\"cpu\":\"1001m\",\"memory\":\"16Mi\"");
            case COMMAND_DISABLED -> strict.ask("pod.delete", pod, "");
            case TOO_MANY_OPEN -> oneTooMany(pod);
            case NOT_OWNED -> {
                places.createForeignPod(pod);
                yield usual.ask("pod.get", pod, "");
            }
            default -> throw noScene(reason);
        };
    }

    private ReadEvent oneTooMany(String pod) throws InterruptedException {
        var _ = usual.create(pod, NOWHERE);
        for (int open = 0; open < 64; open++) {
            var _ = usual.send("pod.logs", pod, ",\"follow\":true");
        }
        return usual.ask("pod.logs", pod, ",\"follow\":true");
    }

    private ReadEvent expired() throws InterruptedException {
        String pod = name("late");
        return usual.raw(pod, with("\"expirytime\":\"2020-01-01T00:00:00Z\"", pod));
    }

    private static String with(String attribute, String pod) {
        return envelope(pod, "pod.get", target(pod, ""))
                .replace("\"data\":", attribute + ",\"data\":");
    }

    private ReadEvent idConflict(String pod) throws InterruptedException {
        var _ = usual.raw(pod, envelope(pod, "pod.get", target(pod, "")));
        return usual.raw(pod, envelope(pod, "pod.get", target(pod, ",\"view\":\"manifest\"")));
    }

    private ReadEvent keyMismatch(String pod) throws InterruptedException {
        var _ = usual.raw(0, pod, envelope(pod, "pod.create", creation(pod, "", SMALL, "")));
        return usual.raw(1, pod, envelope(pod + "-get", "pod.get", target(pod, "")));
    }

    private ReadEvent cancel(String pod, String id) throws InterruptedException {
        return usual.ask(
                "command.cancel",
                pod,
                ",\"command\":{\"source\":\"/it\",\"id\":\"%s\"}".formatted(id));
    }

    private ReadEvent cancelled() throws InterruptedException {
        String pod = name("cancelled");
        String id = usual.sendCreate(pod, SLEEPS, "Finished", "5m");
        var _ = cancel(pod, id);
        return usual.bench().events().answer(id);
    }

    private ReadEvent notFound(ErrorReason reason) throws InterruptedException {
        String pod = name("found");
        if (reason != ErrorReason.NO_SUCH_POD) {
            var _ = usual.createAndAwait(pod, "", "Finished", "90s");
        }
        return switch (reason) {
            case NO_SUCH_POD -> usual.ask("pod.get", pod, "");
            case OTHER_UID ->
                    usual.ask("pod.delete", pod, ",\"uid\":\"" + UUID.randomUUID() + "\"");
            case NO_SUCH_CONTAINER -> usual.ask("pod.logs", pod, ",\"container\":\"nope\"");
            case NO_PREVIOUS -> usual.ask("pod.logs", pod, ",\"previous\":true");
            default -> throw noScene(reason);
        };
    }

    private ReadEvent creationFailed(ErrorReason reason) throws InterruptedException {
        String pod = name("uncreated");
        return switch (reason) {
            case NAME_CONFLICT -> {
                var _ = usual.create(pod, "");
                yield usual.create(pod, "");
            }
            case NAMESPACE_NOT_FOUND -> createdIn(ErrorPlaces.GONE, pod);
            case NAMESPACE_TERMINATING -> createdIn(ErrorPlaces.ENDING, pod);
            case QUOTA_EXCEEDED -> createdIn(ErrorPlaces.FULL, pod);
            case CREATION_POD_SECURITY -> createdIn(ErrorPlaces.SAFE, pod);
            default -> throw noScene(reason);
        };
    }

    private ReadEvent createdIn(String place, String pod) throws InterruptedException {
        return usual.create(pod, ",\"namespace\":\"" + places.namespace(place) + "\"");
    }

    /// It ignores the signal that asks it to end, and its grace period is longer than the delete waits.
    private ReadEvent stuck() throws InterruptedException {
        String pod = name("stuck");
        var _ = usual.createAndAwait(pod, SLEEPS, "Running", "60s");
        return usual.ask("pod.delete", pod, ",\"gracePeriodSeconds\":300,\"timeout\":\"2s\"");
    }

    private ReadEvent awaitFailed(ErrorReason reason) throws InterruptedException {
        String pod = name("awaited");
        return switch (reason) {
            case POD_FAILED ->
                    usual.createAndAwait(pod, ",\"command\":[\"false\"]", "Succeeded", "90s");
            case POD_ENDED -> {
                var _ = usual.createAndAwait(pod, "", "Finished", "90s");
                yield usual.ask("pod.get", pod, ",\"await\":{\"state\":\"Ready\"}");
            }
            case AWAITED_POD_DELETED -> {
                String id = usual.sendCreate(pod, SLEEPS, "Finished", "5m");
                var _ = usual.ask("pod.delete", pod, ",\"force\":true");
                yield usual.bench().events().answer(id);
            }
            default -> timedOut(reason, pod);
        };
    }

    private ReadEvent timedOut(ErrorReason reason, String pod) throws InterruptedException {
        String more =
                switch (reason) {
                    case AWAIT_IMAGE -> ",\"image\":\"nowhere.invalid/none:1\"";
                    case UNSCHEDULABLE -> NOWHERE;
                    case CONFIG ->
                            ",\"env\":[{\"name\":\"A\",\"secretRef\":{\"name\":\"none\",\"key\":\"k\"}}]";
                    case CRASH_LOOP -> ",\"restartPolicy\":\"Always\",\"command\":[\"false\"]";
                    case NOT_READY ->
                            SLEEPS
                                    + ",\"probes\":{\"readiness\":{\"exec\":{\"command\":[\"false\"]}}}";
                    case AWAIT_TIMEOUT -> SLEEPS;
                    default -> throw noScene(reason);
                };
        var _ = usual.create(pod, more);
        usual.bench().awaitTold(pod, standing(reason));
        String wanted = reason == ErrorReason.NOT_READY ? "Ready" : "Finished";
        return usual.ask(
                "pod.get",
                pod,
                ",\"await\":{\"state\":\"%s\",\"timeout\":\"2s\"}".formatted(wanted));
    }

    /// What the pod shows, from some time on, while that stands in the way.
    private static String standing(ErrorReason reason) {
        return switch (reason) {
            case AWAIT_IMAGE -> "ImageError";
            case UNSCHEDULABLE -> "Unschedulable";
            case CONFIG -> "ConfigError";
            case CRASH_LOOP -> "CrashLoop";
            case NOT_READY -> "Running";
            case AWAIT_TIMEOUT -> "Ready";
            default -> throw noScene(reason);
        };
    }

    private ReadEvent logsFailed(ErrorReason reason) throws InterruptedException {
        String pod = name("logless");
        var _ = usual.create(pod, NOWHERE);
        return switch (reason) {
            case NEVER_STARTED -> usual.ask("pod.logs", pod, "");
            case LOGS_POD_DELETED -> {
                String id = usual.send("pod.logs", pod, ",\"follow\":true");
                var _ = usual.ask("pod.delete", pod, "");
                yield usual.bench().events().answer(id);
            }
            default -> throw noScene(reason);
        };
    }
}
