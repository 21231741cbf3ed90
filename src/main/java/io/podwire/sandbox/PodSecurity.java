package io.podwire.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Pod Security admission: what of a pod violates the level that its namespace enforces.
///
/// The main rules of `baseline` and `restricted`, in the words of the real admission.
final class PodSecurity {
    private static final Set<String> BASELINE_CAPABILITIES =
            Set.of(
                    "AUDIT_WRITE",
                    "CHOWN",
                    "DAC_OVERRIDE",
                    "FOWNER",
                    "FSETID",
                    "KILL",
                    "MKNOD",
                    "NET_BIND_SERVICE",
                    "SETFCAP",
                    "SETGID",
                    "SETPCAP",
                    "SETUID",
                    "SYS_CHROOT");
    private static final Set<String> RESTRICTED_VOLUMES =
            Set.of(
                    "configMap",
                    "csi",
                    "downwardAPI",
                    "emptyDir",
                    "ephemeral",
                    "image",
                    "persistentVolumeClaim",
                    "projected",
                    "secret");

    private final JsonNode spec;
    private final List<JsonNode> containers;
    private final List<String> violations = new ArrayList<>();

    private PodSecurity(JsonNode spec) {
        this.spec = spec;
        this.containers = List.copyOf(PodDefaults.containers(spec));
    }

    /// The sentence of the refusal, if there is one.
    static Optional<String> violation(JsonNode pod, JsonNode namespace) {
        String level =
                Json.text(namespace, "metadata", "labels", "pod-security.kubernetes.io/enforce");
        var security = new PodSecurity(pod.path("spec"));
        switch (level) {
            case "baseline" -> security.baseline();
            case "restricted" -> security.restricted();
            default -> {
                return Optional.empty();
            }
        }
        if (security.violations.isEmpty()) {
            return Optional.empty();
        }
        String all = String.join(", ", security.violations);
        return Optional.of("violates PodSecurity \"%s:latest\": %s".formatted(level, all));
    }

    private void baseline() {
        addedCapabilities(BASELINE_CAPABILITIES, "non-default capabilities");
        hostNamespaces();
        List<String> hostPaths =
                Json.each(spec.path("volumes"))
                        .filter(volume -> volume.has("hostPath"))
                        .map(volume -> Json.text(volume, "name"))
                        .toList();
        if (!hostPaths.isEmpty()) {
            violations.add("hostPath volumes (%s)".formatted(named("volume", hostPaths)));
        }
        hostPorts();
        privileged();
        seccompUnconfined();
    }

    private void restricted() {
        hostNamespaces();
        hostPorts();
        privileged();
        must(
                "allowPrivilegeEscalation != false",
                context -> !context.path("allowPrivilegeEscalation").asBoolean(true),
                "must set securityContext.allowPrivilegeEscalation=false");
        must(
                "unrestricted capabilities",
                context -> contains(Json.at(context, "capabilities", "drop"), "ALL"),
                "must set securityContext.capabilities.drop=[\"ALL\"]");
        addedCapabilities(Set.of("NET_BIND_SERVICE"), "unrestricted capabilities");
        restrictedVolumes();
        runAsNonRoot();
        runAsUser();
        seccomp();
    }

    private void hostNamespaces() {
        List<String> used =
                Stream.of("hostNetwork", "hostPID", "hostIPC")
                        .filter(name -> spec.path(name).asBoolean(false))
                        .map(name -> name + "=true")
                        .toList();
        if (!used.isEmpty()) {
            violations.add("host namespaces (%s)".formatted(String.join(", ", used)));
        }
    }

    private void hostPorts() {
        List<String> users = new ArrayList<>();
        List<String> ports = new ArrayList<>();
        for (JsonNode container : containers) {
            Json.each(container.path("ports"))
                    .filter(port -> port.path("hostPort").asInt(0) != 0)
                    .forEach(
                            port -> {
                                users.add(Json.text(container, "name"));
                                ports.add(Json.text(port, "hostPort"));
                            });
        }
        if (!users.isEmpty()) {
            String verb = users.stream().distinct().count() == 1 ? "uses" : "use";
            String noun = ports.size() == 1 ? "hostPort" : "hostPorts";
            violations.add(
                    "hostPort (%s %s %s %s)"
                            .formatted(
                                    named("container", users.stream().distinct().toList()),
                                    verb,
                                    noun,
                                    String.join(", ", ports)));
        }
    }

    private void privileged() {
        List<String> found = offenders(context -> context.path("privileged").asBoolean(false));
        if (!found.isEmpty()) {
            violations.add(
                    "privileged (%s must not set securityContext.privileged=true)"
                            .formatted(named("container", found)));
        }
    }

    private void seccompUnconfined() {
        List<String> found =
                offenders(
                        context ->
                                Json.text(context, "seccompProfile", "type").equals("Unconfined"));
        if (!found.isEmpty()) {
            violations.add(
                    "seccompProfile (%s must not set securityContext.seccompProfile.type to \"Unconfined\")"
                            .formatted(named("container", found)));
        }
    }

    private void addedCapabilities(Set<String> allowed, String rule) {
        List<String> found = new ArrayList<>();
        List<String> added = new ArrayList<>();
        for (JsonNode container : containers) {
            Json.each(Json.at(container, "securityContext", "capabilities", "add"))
                    .map(JsonNode::asText)
                    .filter(capability -> !allowed.contains(capability))
                    .forEach(
                            capability -> {
                                found.add(Json.text(container, "name"));
                                added.add("\"" + capability + "\"");
                            });
        }
        if (!found.isEmpty()) {
            violations.add(
                    "%s (%s must not include %s in securityContext.capabilities.add)"
                            .formatted(
                                    rule,
                                    named("container", found.stream().distinct().toList()),
                                    String.join(
                                            ", ", added.stream().distinct().sorted().toList())));
        }
    }

    private void restrictedVolumes() {
        for (JsonNode volume : spec.path("volumes")) {
            volume.properties().stream()
                    .map(java.util.Map.Entry::getKey)
                    .filter(type -> !type.equals("name") && !RESTRICTED_VOLUMES.contains(type))
                    .forEach(
                            type ->
                                    violations.add(
                                            "restricted volume types (volume \"%s\" uses restricted volume type \"%s\")"
                                                    .formatted(Json.text(volume, "name"), type)));
        }
    }

    private void runAsNonRoot() {
        if (spec.path("securityContext").path("runAsNonRoot").asBoolean(false)) {
            return;
        }
        must(
                "runAsNonRoot != true",
                context -> context.path("runAsNonRoot").asBoolean(false),
                "must set securityContext.runAsNonRoot=true");
    }

    private void runAsUser() {
        if (isRoot(spec.path("securityContext"))) {
            violations.add("runAsUser=0 (pod must not set runAsUser=0)");
        }
        List<String> found = offenders(PodSecurity::isRoot);
        if (!found.isEmpty()) {
            violations.add(
                    "runAsUser=0 (%s must not set runAsUser=0)"
                            .formatted(named("container", found)));
        }
    }

    private static boolean isRoot(JsonNode context) {
        return context.path("runAsUser").asLong(-1) == 0;
    }

    private void seccomp() {
        Set<String> allowed = Set.of("RuntimeDefault", "Localhost");
        if (allowed.contains(Json.text(spec, "securityContext", "seccompProfile", "type"))) {
            return;
        }
        must(
                "seccompProfile",
                context -> allowed.contains(Json.text(context, "seccompProfile", "type")),
                "must set securityContext.seccompProfile.type to \"RuntimeDefault\" or"
                        + " \"Localhost\"");
    }

    private void must(String rule, Predicate<JsonNode> holds, String demand) {
        List<String> found = offenders(holds.negate());
        if (!found.isEmpty()) {
            boolean podCanSay = rule.startsWith("runAsNonRoot") || rule.startsWith("seccomp");
            String who = (podCanSay ? "pod or " : "") + named("container", found);
            violations.add("%s (%s %s)".formatted(rule, who, demand));
        }
    }

    private List<String> offenders(Predicate<JsonNode> offends) {
        return containers.stream()
                .filter(container -> offends.test(container.path("securityContext")))
                .map(container -> Json.text(container, "name"))
                .toList();
    }

    private static boolean contains(JsonNode array, String text) {
        return Json.each(array).anyMatch(each -> each.asText().equals(text));
    }

    private static String named(String noun, List<String> names) {
        String quoted = String.join(", ", names.stream().map(name -> "\"" + name + "\"").toList());
        return (names.size() == 1 ? noun : noun + "s") + " " + quoted;
    }
}
