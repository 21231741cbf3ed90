package io.podwire.codec;

import static io.podwire.protocol.ErrorReason.LIMIT_EXCEEDED;
import static io.podwire.protocol.ErrorReason.SCHEMA;

import com.fasterxml.jackson.databind.JsonNode;

import io.podwire.protocol.ContainerConfig;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a schema cannot say of a PodConfig. What passes, the API server takes.
///
/// Confined to one message.
final class PodChecks {
    static final String POD = "/data/pod";

    private static final String NAME_TAKEN =
            "is taken: each container has its own, and the pod's first is " + ContainerConfig.MAIN;

    /// Of the 256 KiB that Kubernetes takes, 4 KiB are for our marks.
    private static final int ANNOTATION_BYTES = 252 << 10;

    private static final String ORDER = "is an order to Kubernetes and not a note: ";

    /// Annotations that Kubernetes obeys, by the beginnings of their names, and what to do instead.
    private static final Map<String, String> ORDERS =
            Map.of(
                    "kubernetes.io/config.mirror",
                    "it marks the kubelet's own pods",
                    "scheduler.alpha.kubernetes.io/tolerations",
                    "use tolerations",
                    "controller.kubernetes.io/pod-deletion-cost",
                    "it is for the pods of a ReplicaSet",
                    "seccomp.security.alpha.kubernetes.io/pod",
                    "use securityContext.seccompProfile",
                    "container.seccomp.security.alpha.kubernetes.io/",
                    "use securityContext.seccompProfile",
                    "container.apparmor.security.beta.kubernetes.io/",
                    "use securityContext.appArmorProfile");

    private final Findings findings;

    PodChecks(Findings findings) {
        this.findings = findings;
    }

    void check() {
        containers();
        findings.form("duration", POD + "/activeDeadline");
        findings.form("duration", POD + "/ttlAfterFinished");
        tolerations();
        new AffinityChecks(findings, POD + "/affinity").check();
        annotations();
    }

    private void containers() {
        VolumeChecks volumes = new VolumeChecks(findings);
        volumes.volumes();
        new ContainerChecks(findings, POD).check();
        Set<String> names = new HashSet<>(Set.of(ContainerConfig.MAIN));
        for (String list : List.of(POD + "/initContainers", POD + "/sidecars")) {
            for (int i = 0; i < findings.at(list).size(); i++) {
                String container = list + "/" + i;
                new ContainerChecks(findings, container).check();
                volumes.mounts(container);
                if (!names.add(findings.at(container + "/name").asText())) {
                    findings.flaw(SCHEMA, container + "/name", NAME_TAKEN);
                }
            }
        }
        volumes.allMounted();
    }

    private void tolerations() {
        JsonNode tolerations = findings.at(POD + "/tolerations");
        for (int i = 0; i < tolerations.size(); i++) {
            toleration(tolerations.path(i), POD + "/tolerations/" + i);
        }
    }

    private void toleration(JsonNode toleration, String pointer) {
        boolean exists = "Exists".equals(toleration.path("operator").asText());
        if (exists && !toleration.path("value").asText().isEmpty()) {
            findings.flaw(SCHEMA, pointer + "/value", "must be empty with Exists");
        }
        if (!exists && !toleration.has("key")) {
            findings.flaw(SCHEMA, pointer, "needs a key, or operator Exists");
        }
        boolean evicts = "NoExecute".equals(toleration.path("effect").asText());
        if (toleration.has("tolerationSeconds") && !evicts) {
            String flaw = "counts only with effect NoExecute";
            findings.flaw(SCHEMA, pointer + "/tolerationSeconds", flaw);
        }
    }

    private void annotations() {
        String pointer = POD + "/annotations";
        long bytes = 0;
        for (Map.Entry<String, JsonNode> entry : findings.at(pointer).properties()) {
            bytes += utf8(entry.getKey()) + utf8(entry.getValue().asText());
            order(Fields.child(pointer, entry.getKey()), entry.getKey());
        }
        if (bytes > ANNOTATION_BYTES) {
            findings.flaw(LIMIT_EXCEEDED, pointer, "are more than 252 KiB in all");
        }
    }

    private void order(String pointer, String name) {
        ORDERS.forEach(
                (beginning, instead) -> {
                    boolean prefix = beginning.endsWith("/");
                    if (prefix ? name.startsWith(beginning) : name.equals(beginning)) {
                        findings.flaw(SCHEMA, pointer, ORDER + instead);
                    }
                });
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
