package io.podwire.faults;

import static io.podwire.protocol.ErrorReason.LIMIT_EXCEEDED;
import static io.podwire.protocol.ErrorReason.NAME;
import static io.podwire.protocol.ErrorReason.NOT_OWNED;
import static io.podwire.protocol.ErrorReason.NO_PREVIOUS;
import static io.podwire.protocol.ErrorReason.NO_SUCH_CONTAINER;
import static io.podwire.protocol.ErrorReason.NO_SUCH_POD;
import static io.podwire.protocol.ErrorReason.OTHER_UID;
import static io.podwire.protocol.ErrorReason.SCHEMA;
import static io.podwire.protocol.ErrorReason.UNKNOWN_FIELD;

import java.util.List;

/// Hostile commands for pods that are there, or are not: kinds 37 to 39, 62 and 63.
final class HostileRequests {
    private HostileRequests() {}

    static void list(HostileList list) {
        for (String command : List.of("pod.get", "pod.delete", "pod.logs")) {
            list.command(37, command, "{'name':'" + HostileSeat.FOREIGN_POD + "'}", NOT_OWNED);
        }
        String nobody = "{'name':'" + list.id() + "'}";
        list.command(38, "pod.get", nobody, NO_SUCH_POD);
        list.command(38, "pod.logs", nobody, NO_SUCH_POD);
        // A pod that is gone is what a delete is for.
        list.command(38, "pod.delete", nobody, HostileInput.SUCCEEDED);
        list.command(39, "pod.delete", good(list, "'uid':'stale'"), OTHER_UID);
        list.command(62, "pod.logs", good(list, "'sinceSeconds':-1"), SCHEMA);
        list.command(62, "pod.logs", good(list, "'tailLines':1000000000000"), LIMIT_EXCEEDED);
        list.command(62, "pod.logs", good(list, "'container':'nope'"), NO_SUCH_CONTAINER);
        list.command(62, "pod.logs", good(list, "'previous':true"), NO_PREVIOUS);
        list.command(63, "pod.get", "{'name':'a=b,c!=d)('}", NAME);
        list.command(63, "pod.get", good(list, "'labelSelector':'a=b,c!=d)('"), UNKNOWN_FIELD);
        String node = "'fieldSelector':'spec.nodeName=x'";
        list.command(63, "pod.get", good(list, node), UNKNOWN_FIELD);
    }

    private static String good(HostileList list, String more) {
        return "{'name':'" + list.seat().goodPod() + "'," + more + "}";
    }
}
