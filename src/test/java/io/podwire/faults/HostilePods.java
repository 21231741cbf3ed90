package io.podwire.faults;

import static io.podwire.protocol.ErrorReason.DENIED_FIELD;
import static io.podwire.protocol.ErrorReason.DENIED_IMAGE;
import static io.podwire.protocol.ErrorReason.DENIED_LABEL;
import static io.podwire.protocol.ErrorReason.DENIED_NAMESPACE;
import static io.podwire.protocol.ErrorReason.DENIED_POD_SECURITY;
import static io.podwire.protocol.ErrorReason.DENIED_RESOURCES;
import static io.podwire.protocol.ErrorReason.INVALID_IMAGE;
import static io.podwire.protocol.ErrorReason.INVALID_RESOURCES;
import static io.podwire.protocol.ErrorReason.LIMIT_EXCEEDED;
import static io.podwire.protocol.ErrorReason.NAME;
import static io.podwire.protocol.ErrorReason.NAME_CONFLICT;
import static io.podwire.protocol.ErrorReason.SCHEMA;
import static io.podwire.protocol.ErrorReason.UNKNOWN_FIELD;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Creates of pods that must not be, or not so: kinds 32 to 61.
final class HostilePods {
    private static final String NEXT =
            "{'name':'n%d','image':'busybox','resources':{'cpu':'1m','memory':'1Mi'}}";

    private HostilePods() {}

    static void list(HostileList list) {
        places(list);
        images(list);
        rights(list);
        files(list);
        labels(list);
        resources(list);
        environment(list);
        placement(list);
    }

    private static void places(HostileList list) {
        list.pod(32, "namespace", "'kube-system'", DENIED_NAMESPACE);
        for (String name : List.of("", "*", "a/b", "Jobs", "kube-system ", "../kube-system")) {
            list.pod(32, "namespace", "'" + name + "'", NAME);
        }
        String tooLong = "a".repeat(254);
        for (String name : List.of("a..b", "..", tooLong, "\uD83D\uDE00", "-a", "a\\n", "\u0410")) {
            list.pod(35, "name", "'" + name + "'", NAME);
        }
        list.pod(36, "name", "'" + HostileSeat.FOREIGN_POD + "'", NAME_CONFLICT);
    }

    private static void images(HostileList list) {
        String nowhere = "example.invalid/";
        List<String> noImages =
                List.of("", "a b", "host/UPPER", "a:b:c", "user@host/x", "a@sha256:12", nowhere);
        noImages.forEach(image -> list.pod(40, "image", "'" + image + "'", INVALID_IMAGE));
        list.pod(40, "image", "'" + "a".repeat(5000) + "'", INVALID_IMAGE);
        // There is no strict mode: who wants a tag or digest says so in policy.images.
        list.allowed(40, "image", "'busybox:latest'");
        for (String image :
                List.of(
                        "registry.example.evil.test/ok/x",
                        "evil.test/registry.example/ok/x",
                        "registry.example/okay/x",
                        "registry.example:5000/ok/x",
                        "xn--rgistry-bya.example/ok/x")) {
            list.pod(41, "image", "'" + image + "'", DENIED_IMAGE);
        }
        list.pod(41, "image", "'user@registry.example/ok/x'", INVALID_IMAGE);
        list.pod(41, "image", "'registry.example/ok/X'", INVALID_IMAGE);
        // Whether a tag has that digest is the registry's to know; the digest is what runs.
        list.allowed(41, "image", "'busybox:1.36@sha256:" + "a".repeat(64) + "'");
    }

    private static void rights(HostileList list) {
        for (String field : List.of("privileged", "procMount", "sysctls", "seLinuxOptions")) {
            list.pod(42, "securityContext", "{'" + field + "':true}", UNKNOWN_FIELD);
        }
        String admin = "{'capabilities':{'add':['SYS_ADMIN']}}";
        list.pod(42, "securityContext", admin, DENIED_POD_SECURITY);
        // Pod Security `baseline` lets them; `restricted` does not.
        list.allowed(42, "securityContext", "{'allowPrivilegeEscalation':true}");
        list.allowed(42, "securityContext", "{'runAsUser':0}");
        for (String field : List.of("hostNetwork", "hostPID", "hostIPC", "hostUsers")) {
            list.pod(43, field, "true", UNKNOWN_FIELD);
        }
        list.pod(43, "ports", "[{'containerPort':1,'hostPort':1}]", UNKNOWN_FIELD);
        list.pod(44, "serviceAccount", "'default'", DENIED_FIELD);
        list.pod(44, "serviceAccount", "'cluster-admin-sa'", DENIED_FIELD);
        list.pod(44, "serviceAccountName", "'default'", UNKNOWN_FIELD);
        list.pod(44, "automountServiceAccountToken", "true", UNKNOWN_FIELD);
        for (String field :
                List.of("podSpec", "podSpecPatch", "overrides", "jsonPatch", "podOverride")) {
            list.pod(46, field, "{'hostNetwork':true}", UNKNOWN_FIELD);
        }
        for (String field :
                List.of(
                        "ownerReferences",
                        "finalizers",
                        "generateName",
                        "nodeName",
                        "schedulerName")) {
            list.pod(51, field, "'x'", UNKNOWN_FIELD);
        }
    }

    private static void files(HostileList list) {
        for (String path : List.of("/", "/var/log", "/var/run/containerd/containerd.sock")) {
            list.pod(43, "volumes", volume("'hostPath':{'path':'" + path + "'}"), UNKNOWN_FIELD);
        }
        for (String source : List.of("projected", "csi", "gitRepo", "image", "nfs", "iscsi")) {
            int kind = source.equals("projected") ? 44 : 45;
            list.pod(kind, "volumes", volume("'" + source + "':{}"), UNKNOWN_FIELD);
        }
        // The namespace is the border: what is in it is open to its pods.
        list.allowed(45, "envFrom", "[{'secretRef':{'name':'unlisted'}}]");
        list.allowed(45, "volumes", volume("'secret':{'secretName':'unlisted'}"));
        list.allowed(45, "volumes", volume("'persistentVolumeClaim':{'claimName':'unlisted'}"));
        list.pod(47, "volumes", mounted("/safe/../etc"), SCHEMA);
        list.pod(47, "volumes", mounted("/"), SCHEMA);
        list.pod(47, "volumes", mounted("x"), SCHEMA);
        list.pod(47, "volumes", mounted("/x','subPath':'../y"), SCHEMA);
        String again = "{'name':'w','mountPath':'//x/./','emptyDir':{}}";
        list.pod(47, "volumes", mounted("/x").replace("]", "," + again + "]"), SCHEMA);
        // Within the container's own file system; runtimes refuse what would lead out of it.
        list.allowed(47, "volumes", mounted("/proc"));
        list.allowed(48, "workingDir", "'/proc/self/fd/8'");
    }

    private static String volume(String source) {
        return "[{'name':'v','mountPath':'/x'," + source + "}]";
    }

    private static String mounted(String path) {
        return "[{'name':'v','mountPath':'" + path + "','emptyDir':{}}]";
    }

    private static void labels(HostileList list) {
        for (String label :
                List.of(
                        "app.kubernetes.io/managed-by",
                        "podwire.io/partition",
                        "podwire.io/command-id")) {
            list.pod(49, "labels", "{'" + label + "':'x'}", DENIED_LABEL);
            list.pod(49, "annotations", "{'" + label + "':'x'}", DENIED_LABEL);
        }
        // Labels of others are theirs to check: a queue's controller knows who may use the queue.
        list.allowed(49, "labels", "{'kueue.x-k8s.io/queue-name':'x'}");
        String long100k = "x".repeat(100_000);
        String large = many(3, "'a%d':'" + long100k + "'");
        list.pod(50, "annotations", "{" + large + "}", LIMIT_EXCEEDED);
        list.pod(50, "labels", "{" + many(1000, "'l%d':'x'") + "}", LIMIT_EXCEEDED);
        list.pod(50, "labels", "{'a':'" + "x".repeat(64) + "'}", LIMIT_EXCEEDED);
        list.pod(52, "ephemeralContainers", "[]", UNKNOWN_FIELD);
        list.pod(52, "initContainers", "[" + many(1000, NEXT) + "]", LIMIT_EXCEEDED);
        list.pod(52, "sidecars", "[" + many(200, NEXT) + "]", LIMIT_EXCEEDED);
        String always = NEXT.replace("}}", "},'restartPolicy':'Always'}");
        list.pod(52, "sidecars", "[" + many(1, always) + "]", UNKNOWN_FIELD);
    }

    private static void resources(HostileList list) {
        for (String cpu : List.of("-1", "'-1'", "'1e30'", "'NaN'", "'0.0001m'", "0", "''")) {
            list.pod(53, "resources", resources(cpu, "'1Mi'", ""), INVALID_RESOURCES);
        }
        for (String memory : List.of("'9Ei'", "'64'", "'400m'", "-5", "0")) {
            list.pod(53, "resources", resources("1", memory, ""), INVALID_RESOURCES);
        }
        String more = ",'requests':{'cpu':2}";
        list.pod(53, "resources", resources("1", "'1Mi'", more), INVALID_RESOURCES);
        list.pod(54, "resources", resources("'4001m'", "'1Mi'", ""), DENIED_RESOURCES);
        list.pod(54, "resources", resources("1", "'1Mi'", ",'gpu':1000"), DENIED_RESOURCES);
        String gpus = ",'gpu':2,'requests':{'gpu':1}";
        list.pod(54, "resources", resources("1", "'1Mi'", gpus), UNKNOWN_FIELD);
        String unknown = ",'gpu':1,'gpuResource':'gpu'";
        list.pod(54, "resources", resources("1", "'1Mi'", unknown), INVALID_RESOURCES);
    }

    private static String resources(String cpu, String memory, String more) {
        return "{'cpu':" + cpu + ",'memory':" + memory + more + "}";
    }

    private static void environment(HostileList list) {
        list.pod(56, "env", "[{'name':'A=B','value':'x'}]", SCHEMA);
        list.pod(56, "env", "[{'name':'','value':'x'}]", SCHEMA);
        String crowd = many(10_000, "{'name':'A%d','value':'x'}");
        list.pod(56, "env", "[" + crowd + "]", LIMIT_EXCEEDED);
        String huge = "x".repeat(2_000_000);
        list.pod(56, "env", "[{'name':'A','value':'" + huge + "'}]", LIMIT_EXCEEDED);
        // Kubernetes does not expand what expands to itself; and a container is the sender's own.
        list.allowed(56, "env", "[{'name':'A','value':'$(A)$(B)'}]");
        list.allowed(56, "env", "[{'name':'LD_PRELOAD','value':'/x.so'}]");
        list.pod(57, "args", "['a\\u0000']", SCHEMA);
        String long100k = "x".repeat(100_000);
        list.pod(57, "args", "[" + many(30, "'" + long100k + "'") + "]", LIMIT_EXCEEDED);
    }

    private static void placement(HostileList list) {
        list.pod(58, "activeDeadline", "'0s'", SCHEMA);
        list.pod(58, "activeDeadline", "'-1s'", SCHEMA);
        list.pod(58, "activeDeadline", "'3650d'", LIMIT_EXCEEDED);
        list.pod(58, "terminationGracePeriodSeconds", "1000000000", LIMIT_EXCEEDED);
        String metadata = "'port':80,'host':'169.254.169.254'";
        list.pod(59, "probes", "{'liveness':{'httpGet':{" + metadata + "}}}", UNKNOWN_FIELD);
        list.pod(59, "probes", "{'startup':{'tcpSocket':{" + metadata + "}}}", UNKNOWN_FIELD);
        list.pod(59, "lifecycle", "{'postStart':{}}", UNKNOWN_FIELD);
        // Where a pod may run is the cluster's to say: by taints, quotas and admission.
        list.allowed(60, "tolerations", "[{'operator':'Exists'}]");
        String controlPlane = "'node-role.kubernetes.io/control-plane'";
        list.allowed(60, "tolerations", "[{'key':" + controlPlane + ",'operator':'Exists'}]");
        list.allowed(60, "priorityClass", "'system-node-critical'");
        list.pod(61, "dnsConfig", "{'nameservers':['10.0.0.1']}", UNKNOWN_FIELD);
        String alias = "[{'ip':'10.0.0.1','hostnames':['kubernetes']}]";
        list.pod(61, "hostAliases", alias, UNKNOWN_FIELD);
    }

    private static String many(int count, String format) {
        return IntStream.range(0, count)
                .mapToObj(i -> format.replace("%d", String.valueOf(i)))
                .collect(Collectors.joining(","));
    }
}
