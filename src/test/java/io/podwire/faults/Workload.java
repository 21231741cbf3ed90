package io.podwire.faults;

import java.util.ArrayList;
import java.util.List;

/// Commands of all kinds, of which each is to be answered once and none in the negative but the awaits that are cancelled.
///
/// Confined to the test's thread.
final class Workload {
    /// How many commands five pods get.
    static final int COMMANDS_OF_FIVE_PODS = 10;

    private static final String PRINTS =
            ",\"command\":[\"sh\",\"-c\",\"for i in 1 2 3 4 5; do echo line-$i; done\"]";

    private final WorkerBench bench;

    Workload(WorkerBench bench) {
        this.bench = bench;
    }

    /// Sends two commands a pod, without waiting for anything.
    ///
    /// @param stem of the pods' names
    /// @return the pods' names
    List<String> send(String stem, int pods) {
        List<String> names = new ArrayList<>();
        for (int number = 0; number < pods; number++) {
            String pod = stem + "-" + number;
            names.add(pod);
            tell(pod, number % 5);
        }
        return names;
    }

    /// Deletes pods that [#send] was told of; those of which it has deleted some itself are left out.
    void delete(List<String> pods) {
        for (int number = 0; number < pods.size(); number++) {
            if (number % 5 != 2) {
                delete(pods.get(number));
            }
        }
    }

    private void tell(String pod, int story) {
        switch (story) {
            case 0 -> {
                create(pod, Conversation.NOWHERE);
                get(pod);
            }
            case 1 -> createAndAwait(pod, "", "Finished");
            case 2 -> {
                create(pod, Conversation.NOWHERE);
                get(pod);
                delete(pod);
            }
            case 3 -> {
                create(pod, PRINTS);
                follow(pod);
            }
            default -> cancel(pod, createAndAwait(pod, Conversation.NOWHERE, "Running"));
        }
    }

    /// Sends a create that is answered as soon as there is the pod.
    ///
    /// @param more fields of the pod, each after a comma
    /// @return the command's id
    String create(String pod, String more) {
        return send("create", "pod.create", pod, creation(pod, more, ""));
    }

    /// Sends a create that stays open until the pod shows the state.
    String createAndAwait(String pod, String more, String state) {
        String await = ",\"await\":{\"state\":\"%s\",\"timeout\":\"10m\"}".formatted(state);
        return send("await", "pod.create", pod, creation(pod, more, await));
    }

    private static String creation(String pod, String more, String await) {
        String command = more.contains("\"command\"") ? "" : ",\"command\":[\"true\"]";
        return Conversation.creation(pod, command + more, Conversation.SMALL, await);
    }

    String get(String pod) {
        return send("get", "pod.get", pod, Conversation.target(pod, ""));
    }

    String delete(String pod) {
        return send("delete", "pod.delete", pod, Conversation.target(pod, ""));
    }

    String follow(String pod) {
        return send("logs", "pod.logs", pod, Conversation.target(pod, ",\"follow\":true"));
    }

    String cancel(String pod, String command) {
        String target = ",\"command\":{\"source\":\"/it\",\"id\":\"%s\"}".formatted(command);
        return send("cancel", "command.cancel", pod, Conversation.target(pod, target));
    }

    private String send(String kind, String type, String pod, String data) {
        return bench.send(kind + "-" + pod, type, pod, data);
    }
}
