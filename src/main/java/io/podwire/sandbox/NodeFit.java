package io.podwire.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Whether a pod fits on the one node, in the words of the real scheduler when it does not.
final class NodeFit {
    static final String NODE = "simulated";

    /// @param reason of the condition `PodScheduled`
    record Refusal(String reason, String message) {
        static Refusal unschedulable(String why, String preemption) {
            return new Refusal(
                    "Unschedulable", "0/1 nodes are available: %s. %s".formatted(why, preemption));
        }
    }

    private static final String NO_HELP =
            "preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.";
    private static final String NO_VICTIM =
            "preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.";

    private final Map<String, BigDecimal> capacity = new TreeMap<>();

    NodeFit(SimulationSettings.NodeCapacity node) {
        capacity.put("cpu", Quantities.parse(node.cpu()));
        capacity.put("memory", Quantities.parse(node.memory()));
        capacity.put("pods", new BigDecimal(node.pods()));
        capacity.put(GpuDevices.RESOURCE, new BigDecimal(node.gpus()));
    }

    /// The node as an object of the API.
    ObjectNode node(Instant now) {
        ObjectNode node = Json.object();
        node.putObject("metadata")
                .put("name", NODE)
                .putObject("labels")
                .put("kubernetes.io/hostname", NODE)
                .put("kubernetes.io/os", "linux")
                .put("kubernetes.io/arch", "amd64");
        node.putObject("spec");
        ObjectNode status = node.putObject("status");
        for (String field : List.of("capacity", "allocatable")) {
            ObjectNode amounts = status.putObject(field);
            capacity.forEach((name, amount) -> amounts.put(name, Quantities.format(amount)));
        }
        Pods.condition(
                status,
                Pods.condition("Ready", "True", now)
                        .put("reason", "KubeletReady")
                        .put("message", "kubelet is posting ready status"));
        status.putArray("addresses")
                .addObject()
                .put("type", "InternalIP")
                .put("address", "10.0.0.1");
        status.putObject("nodeInfo")
                .put("kubeletVersion", "v1.36.3-podwire-sim")
                .put("containerRuntimeVersion", "containerd://simulated");
        return node;
    }

    /// What is free now; one round of scheduling takes from it.
    Budget budget(ObjectStore store) {
        Map<String, BigDecimal> free = new TreeMap<>(capacity);
        var budget = new Budget(free);
        store.list(Kind.POD, "").objects().stream()
                .filter(pod -> Pods.scheduled(pod) && !Pods.terminal(pod))
                .forEach(budget::take);
        return budget;
    }

    private static Map<String, BigDecimal> demand(JsonNode pod) {
        Map<String, BigDecimal> demand = new TreeMap<>(Pods.resources(pod, "requests"));
        demand.put("pods", BigDecimal.ONE);
        return demand;
    }

    /// Confined to the scheduler's thread.
    final class Budget {
        private final Map<String, BigDecimal> free;

        Budget(Map<String, BigDecimal> free) {
            this.free = free;
        }

        void take(JsonNode pod) {
            demand(pod)
                    .forEach((name, amount) -> free.merge(name, amount.negate(), BigDecimal::add));
        }

        Optional<Refusal> refusal(ObjectStore store, JsonNode pod) {
            JsonNode spec = pod.path("spec");
            if (!spec.path("schedulingGates").isEmpty()) {
                return Optional.of(
                        new Refusal(
                                "SchedulingGated",
                                "Scheduling is blocked due to non-empty scheduling gates"));
            }
            return missingClaim(store, pod).or(() -> otherNode(spec)).or(() -> insufficient(pod));
        }

        private Optional<Refusal> missingClaim(ObjectStore store, JsonNode pod) {
            String namespace = Json.text(pod, "metadata", "namespace");
            return Json.each(Json.at(pod, "spec", "volumes"))
                    .map(volume -> Json.text(volume, "persistentVolumeClaim", "claimName"))
                    .filter(claim -> !claim.isEmpty())
                    .filter(
                            claim ->
                                    store.find(new ObjectKey(Kind.VOLUME_CLAIM, namespace, claim))
                                            .isEmpty())
                    .findFirst()
                    .map(
                            claim ->
                                    Refusal.unschedulable(
                                            "persistentvolumeclaim \"%s\" not found"
                                                    .formatted(claim),
                                            NO_HELP));
        }

        private Optional<Refusal> otherNode(JsonNode spec) {
            Map<String, String> labels =
                    Map.of(
                            "kubernetes.io/hostname", NODE,
                            "kubernetes.io/os", "linux",
                            "kubernetes.io/arch", "amd64");
            boolean wrong =
                    spec.path("nodeSelector").properties().stream()
                            .anyMatch(
                                    entry ->
                                            !entry.getValue()
                                                    .asText()
                                                    .equals(labels.get(entry.getKey())));
            return wrong
                    ? Optional.of(
                            Refusal.unschedulable(
                                    "1 node(s) didn't match Pod's node affinity/selector",
                                    "no new claims to deallocate, " + NO_HELP))
                    : Optional.empty();
        }

        private Optional<Refusal> insufficient(JsonNode pod) {
            Map<String, BigDecimal> demand = demand(pod);
            List<String> reasons = new ArrayList<>();
            boolean never = false;
            // The order in which the real scheduler checks.
            List<String> names =
                    Stream.concat(Stream.of("pods", "cpu", "memory"), demand.keySet().stream())
                            .distinct()
                            .filter(demand::containsKey)
                            .toList();
            for (String name : names) {
                BigDecimal wanted = demand.getOrDefault(name, BigDecimal.ZERO);
                if (tooMuch(wanted, free.getOrDefault(name, BigDecimal.ZERO))) {
                    reasons.add(name.equals("pods") ? "1 Too many pods" : "1 Insufficient " + name);
                    never |= tooMuch(wanted, capacity.getOrDefault(name, BigDecimal.ZERO));
                }
            }
            if (reasons.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(
                    Refusal.unschedulable(
                            String.join(", ", reasons),
                            "no new claims to deallocate, " + (never ? NO_HELP : NO_VICTIM)));
        }

        private static boolean tooMuch(BigDecimal wanted, BigDecimal there) {
            return wanted.signum() > 0 && wanted.compareTo(there) > 0;
        }
    }
}
