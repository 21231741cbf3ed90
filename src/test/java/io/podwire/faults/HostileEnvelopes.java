package io.podwire.faults;

import static io.podwire.faults.HostileList.bytes;
import static io.podwire.protocol.ErrorReason.DUPLICATE_FIELD;
import static io.podwire.protocol.ErrorReason.EXPIRED;
import static io.podwire.protocol.ErrorReason.ID_CONFLICT;
import static io.podwire.protocol.ErrorReason.ID_INVALID;
import static io.podwire.protocol.ErrorReason.SCHEMA;
import static io.podwire.protocol.ErrorReason.UNKNOWN_FIELD;
import static io.podwire.protocol.ErrorReason.UNKNOWN_TYPE;
import static io.podwire.protocol.ErrorReason.UNSUPPORTED_VERSION;

import org.apache.kafka.common.header.internals.RecordHeader;

import java.util.List;
import java.util.Optional;

/// Hostile records whose envelope is none of a command: kinds 14 to 28, and those that need one: 64, 65, 68.
final class HostileEnvelopes {
    private HostileEnvelopes() {}

    static void list(HostileList list) {
        fields(list);
        types(list);
        ids(list);
        repeats(list);
        times(list);
    }

    private static void fields(HostileList list) {
        list.command(14, "pod.get", "{'name':'a','name':'b'}", DUPLICATE_FIELD);
        list.pod(14, "x", "1,'image':'evil:1'", DUPLICATE_FIELD);
        list.attribute(15, "replyto", "'x'", UNKNOWN_FIELD);
        list.pod(15, "namespce", "'x'", UNKNOWN_FIELD);
        list.pod(16, "resources", "{'cpu':{},'memory':'1Mi'}", SCHEMA);
        list.pod(16, "args", "'x'", SCHEMA);
        list.attribute(16, "data", "'x'", SCHEMA);
        list.attribute(17, "@class", "'java.lang.Runtime'", UNKNOWN_FIELD);
        list.pod(17, "@type", "'x'", UNKNOWN_FIELD);
        for (String name : List.of("replytopic", "callbackurl", "kubeconfig", "clusterurl")) {
            list.attribute(64, name, "'http://169.254.169.254/'", UNKNOWN_FIELD);
            list.pod(64, name, "'http://169.254.169.254/'", UNKNOWN_FIELD);
        }
        // Headers of other names are nobody's business, and say nothing of rights.
        list.record(
                28,
                "header that claims to be somebody",
                Optional.of(bytes(list.seat().goodCommand(list.id()))),
                HostileInput.SUCCEEDED,
                new RecordHeader("principal", bytes("admin")),
                new RecordHeader("tenant", bytes("other")));
    }

    private static void types(HostileList list) {
        list.attribute(20, "type", "'io.podwire.pod.get.v99'", UNSUPPORTED_VERSION);
        list.attribute(20, "type", "'io.podwire.pod.get'", UNSUPPORTED_VERSION);
        list.attribute(20, "specversion", "'0.3'", UNSUPPORTED_VERSION);
        list.attribute(20, "type", "", SCHEMA);
        list.attribute(21, "type", "'io.podwire.pod.teleport.v1'", UNKNOWN_TYPE);
        list.attribute(21, "type", "'com.evil.v1'", UNKNOWN_TYPE);
        for (String verb : List.of("exec", "attach", "port-forward", "copy", "update")) {
            int kind = verb.equals("update") ? 68 : 65;
            list.attribute(kind, "type", "'io.podwire.pod." + verb + ".v1'", UNKNOWN_TYPE);
        }
    }

    private static void ids(HostileList list) {
        list.attribute(22, "id", "", ID_INVALID);
        list.attribute(22, "id", "''", ID_INVALID);
        list.attribute(22, "id", "7", ID_INVALID);
        list.attribute(22, "id", "'" + "i".repeat(10_000) + "'", ID_INVALID);
        list.attribute(22, "id", "'a\\nb'", ID_INVALID);
        list.attribute(22, "id", "'a\\u0000b'", ID_INVALID);
        list.attribute(22, "id", "'a\u202Eb'", ID_INVALID);
    }

    private static void repeats(HostileList list) {
        HostileSeat seat = list.seat();
        list.record(
                23,
                "command that was answered before",
                Optional.of(bytes(seat.knownCommand())),
                HostileInput.DUPLICATE);
        list.text(
                24,
                "its id for something else",
                seat.knownCommand().replace("\"}}", "\",\"view\":\"manifest\"}}"),
                ID_CONFLICT);
        list.record(
                68,
                "create whose pod is gone again",
                Optional.of(bytes(seat.goneCommand())),
                HostileInput.DUPLICATE);
    }

    private static void times(HostileList list) {
        list.attribute(26, "expirytime", "'2020-01-01T00:00:00Z'", EXPIRED);
        list.attribute(26, "expirytime", "'soon'", SCHEMA);
        list.attribute(26, "expirytime", "'2026-13-01T00:00:00Z'", SCHEMA);
        // Who wants a command to last has only to leave its expiry out.
        list.attribute(26, "expirytime", "'9999-12-31T23:59:59Z'", HostileInput.SUCCEEDED);
    }
}
