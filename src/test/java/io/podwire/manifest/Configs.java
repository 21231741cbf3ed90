package io.podwire.manifest;

import io.podwire.protocol.AffinityConfig;
import io.podwire.protocol.AffinityConfig.Expression;
import io.podwire.protocol.AffinityConfig.NodeTerm;
import io.podwire.protocol.AffinityConfig.Nodes;
import io.podwire.protocol.AffinityConfig.PodTerm;
import io.podwire.protocol.AffinityConfig.Pods;
import io.podwire.protocol.AffinityConfig.Weighted;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.ContainerConfig;
import io.podwire.protocol.ContainerConfig.Port;
import io.podwire.protocol.ContainerConfig.Probes;
import io.podwire.protocol.ContainerConfig.VolumeMount;
import io.podwire.protocol.Origin;
import io.podwire.protocol.PodConfig;
import io.podwire.protocol.PodConfig.Env;
import io.podwire.protocol.PodConfig.EnvFrom;
import io.podwire.protocol.PodConfig.Resources;
import io.podwire.protocol.PodConfig.RestartPolicy;
import io.podwire.protocol.PodConfig.Toleration;
import io.podwire.protocol.PodConfig.Volume;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.ProbeConfig;
import io.podwire.protocol.ProbeConfig.Action;
import io.podwire.protocol.RecordRef;
import io.podwire.protocol.SecurityConfig;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Creates to make pods of.
public final class Configs {
    public static final PodRef POD = new PodRef("jobs", "train-42");

    private Configs() {}

    /// The origin of a valid create from partition 3.
    public static Origin origin() {
        return new Origin(
                new RecordRef("pod-commands", 3, 42),
                Optional.of(POD.key()),
                Optional.of(new CommandRef("/schedulers/nightly", "create-train-42")),
                Optional.of("io.podwire.pod.create.v1"),
                Optional.of(POD),
                Optional.empty(),
                Optional.empty(),
                Optional.of("0123abcd"));
    }

    /// What a create has to say, and no more.
    public static PodConfig minimal() {
        return labelled(Map.of(), Map.of());
    }

    /// The least create with these labels and annotations.
    public static PodConfig labelled(Map<String, String> labels, Map<String, String> annotations) {
        return with(cpuAndMemory(), List.of(), Probes.NONE, labels, annotations, Optional.empty());
    }

    static PodConfig with(Resources resources) {
        return with(resources, List.of(), Probes.NONE, Map.of(), Map.of(), Optional.empty());
    }

    static PodConfig with(Volume.Source source) {
        Volume volume = new Volume("v", source);
        return with(
                cpuAndMemory(), List.of(volume), Probes.NONE, Map.of(), Map.of(), Optional.empty());
    }

    static PodConfig with(Probes probes) {
        return with(cpuAndMemory(), List.of(), probes, Map.of(), Map.of(), Optional.empty());
    }

    /// The least create of a pod that stays so long after its end.
    public static PodConfig staying(Duration ttlAfterFinished) {
        return with(
                cpuAndMemory(),
                List.of(),
                Probes.NONE,
                Map.of(),
                Map.of(),
                Optional.of(ttlAfterFinished));
    }

    static Resources cpuAndMemory() {
        return new Resources(
                "1", "64Mi", OptionalInt.empty(), Optional.empty(), Optional.empty(), Map.of());
    }

    private static PodConfig with(
            Resources resources,
            List<Volume> volumes,
            Probes probes,
            Map<String, String> labels,
            Map<String, String> annotations,
            Optional<Duration> ttlAfterFinished) {
        return new PodConfig(
                POD.name(),
                Optional.empty(),
                "busybox:1.36",
                List.of(),
                List.of(),
                Optional.empty(),
                resources,
                List.of(),
                List.of(),
                volumes,
                volumes.stream().map(volume -> mount(volume.name(), "/" + volume.name())).toList(),
                List.of(),
                probes,
                SecurityConfig.NONE,
                List.of(),
                List.of(),
                labels,
                annotations,
                RestartPolicy.NEVER,
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Map.of(),
                List.of(),
                AffinityConfig.NONE,
                Optional.empty(),
                Optional.empty(),
                ttlAfterFinished);
    }

    /// Everything that a create can say.
    public static PodConfig full() {
        return new PodConfig(
                POD.name(),
                Optional.of(POD.namespace()),
                "registry.example.com/ml/train:2.1",
                List.of("python", "train.py"),
                List.of("--epochs", "10"),
                Optional.of("/work"),
                new Resources(
                        "4",
                        "16Gi",
                        OptionalInt.of(2),
                        Optional.empty(),
                        Optional.of("20Gi"),
                        Map.of("cpu", "2", "memory", "8Gi")),
                env(),
                List.of(
                        new EnvFrom.ConfigMap("train-defaults", Optional.of("TRAIN_")),
                        new EnvFrom.Secret("buckets", Optional.empty())),
                volumes(),
                volumeMounts(),
                ports(),
                probes(),
                security(),
                List.of(initContainer()),
                List.of(sidecar()),
                Map.of("team", "ml", "example.com/run", "43", "a", "b"),
                Map.of("example.com/note", "nightly 43", "b", "c"),
                RestartPolicy.ON_FAILURE,
                Optional.of(Duration.ofHours(6)),
                OptionalLong.of(30),
                Optional.of("IfNotPresent"),
                List.of("registry"),
                Optional.of("train"),
                Map.of("gpu", "a100", "zone", "a"),
                tolerations(),
                affinity(),
                Optional.of("batch"),
                Optional.of("nvidia"),
                Optional.of(Duration.ofDays(2)));
    }

    private static List<Env> env() {
        return List.of(
                new Env("MODE", new Env.Value.Literal("full")),
                new Env("TOKEN", new Env.Value.SecretRef("train", "token")),
                new Env("REGION", new Env.Value.ConfigMapRef("site", "region")),
                new Env("POD", new Env.Value.FieldRef("metadata.name")));
    }

    private static List<Volume> volumes() {
        return List.of(
                new Volume("data", new Volume.Source.PersistentVolumeClaim("dataset")),
                new Volume("settings", new Volume.Source.ConfigMap("train")),
                new Volume("shm", new Volume.Source.Shm("2Gi")));
    }

    private static List<VolumeMount> volumeMounts() {
        return List.of(
                new VolumeMount("data", "/data", true, Optional.empty()),
                new VolumeMount("settings", "/etc/train", false, Optional.of("prod")),
                mount("shm", "/dev/shm"));
    }

    private static VolumeMount mount(String name, String path) {
        return new VolumeMount(name, path, false, Optional.empty());
    }

    private static List<Port> ports() {
        return List.of(
                new Port(Optional.of("http"), 8080, Optional.of("TCP")),
                new Port(Optional.empty(), 9090, Optional.empty()));
    }

    private static Probes probes() {
        return new Probes(
                Optional.of(
                        new ProbeConfig(
                                new Action.HttpGet(
                                        new ProbeConfig.Port.Named("http"),
                                        Optional.of("/healthz"),
                                        Optional.of("HTTPS"),
                                        List.of(
                                                new ProbeConfig.HttpHeader(
                                                        "Accept", "text/plain"))),
                                OptionalInt.of(5),
                                OptionalInt.of(2),
                                OptionalInt.of(20),
                                OptionalInt.of(1),
                                OptionalInt.of(4),
                                OptionalInt.of(15))),
                Optional.of(probe(new Action.TcpSocket(new ProbeConfig.Port.Numbered(9090)))),
                Optional.of(probe(new Action.Exec(List.of("cat", "/tmp/up")))));
    }

    private static SecurityConfig security() {
        return new SecurityConfig(
                new SecurityConfig.Identity(
                        OptionalLong.of(1000), OptionalLong.of(100), Optional.of(true)),
                Optional.of(new SecurityConfig.Profile("Localhost", Optional.of("train.json"))),
                Optional.of(new SecurityConfig.Profile("Unconfined", Optional.empty())),
                new SecurityConfig.Rights(
                        Optional.of(true),
                        Optional.of(true),
                        List.of("NET_BIND_SERVICE"),
                        List.of("ALL")),
                new SecurityConfig.FileGroups(
                        OptionalLong.of(2000), Optional.of("OnRootMismatch"), List.of(3000L)));
    }

    private static ContainerConfig initContainer() {
        return new ContainerConfig(
                "fetch",
                "registry.example.com/ml/fetch:1.4",
                List.of("fetch"),
                List.of("--all"),
                Optional.of("/data"),
                new Resources(
                        "1",
                        "1Gi",
                        OptionalInt.of(1),
                        Optional.of("nvidia.com/mig-1g.5gb"),
                        Optional.of("10Gi"),
                        Map.of("cpu", "500m")),
                List.of(new Env("TOKEN", new Env.Value.SecretRef("train", "token"))),
                List.of(new EnvFrom.Secret("buckets", Optional.empty())),
                List.of(new VolumeMount("data", "/data", false, Optional.of("new"))),
                List.of(),
                Probes.NONE,
                security(),
                Optional.of("Always"));
    }

    private static ContainerConfig sidecar() {
        return new ContainerConfig(
                "proxy",
                "registry.example.com/proxy:3",
                List.of(),
                List.of(),
                Optional.empty(),
                cpuAndMemory(),
                List.of(),
                List.of(),
                List.of(),
                List.of(new Port(Optional.of("proxy"), 3128, Optional.empty())),
                new Probes(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(
                                probe(new Action.TcpSocket(new ProbeConfig.Port.Named("proxy"))))),
                SecurityConfig.NONE,
                Optional.empty());
    }

    /// A probe with Kubernetes' own timing.
    static ProbeConfig probe(Action action) {
        OptionalInt none = OptionalInt.empty();
        return new ProbeConfig(action, none, none, none, none, none, none);
    }

    private static AffinityConfig affinity() {
        NodeTerm amd64 =
                new NodeTerm(List.of(new Expression("kubernetes.io/arch", "In", List.of("amd64"))));
        NodeTerm large = new NodeTerm(List.of(new Expression("gib", "Gt", List.of("40"))));
        PodTerm cache =
                new PodTerm(
                        Map.of("app", "cache", "a", "b"),
                        List.of(new Expression("old", "DoesNotExist", List.of())),
                        "topology.kubernetes.io/zone");
        PodTerm any = new PodTerm(Map.of(), List.of(), "kubernetes.io/hostname");
        return new AffinityConfig(
                new Nodes(List.of(amd64), List.of(new Weighted<>(10, large))),
                new Pods(List.of(cache), List.of(new Weighted<>(20, any))),
                new Pods(List.of(any), List.of(new Weighted<>(30, cache))));
    }

    private static List<Toleration> tolerations() {
        return List.of(
                new Toleration(
                        Optional.of("nvidia.com/gpu"),
                        Optional.of("Exists"),
                        Optional.empty(),
                        Optional.of("NoSchedule"),
                        OptionalLong.empty()),
                new Toleration(
                        Optional.of("maintenance"),
                        Optional.empty(),
                        Optional.of("soon"),
                        Optional.of("NoExecute"),
                        OptionalLong.of(60)));
    }
}
