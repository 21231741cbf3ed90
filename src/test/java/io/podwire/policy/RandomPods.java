package io.podwire.policy;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerFluent;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContextFluent;
import io.fabric8.kubernetes.api.model.PodSpecFluent;
import io.fabric8.kubernetes.api.model.SecurityContextFluent;
import io.fabric8.kubernetes.api.model.Sysctl;
import io.fabric8.kubernetes.api.model.VolumeBuilder;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/// Pods that begin secure and are changed at random, in ways that matter to the standards and in ways that
/// only look so.
final class RandomPods {
    private static final String APPARMOR = "container.apparmor.security.beta.kubernetes.io/main";

    private interface Change extends Consumer<PodBuilder> {}

    private static final List<Change> CHANGES = changes();

    private RandomPods() {}

    /// Each change alone, and then so many pods with up to four of them.
    static List<Pod> some(long seed, int mixed) {
        List<Pod> pods = new ArrayList<>();
        CHANGES.forEach(change -> pods.add(changed(List.of(change))));
        Random random = new Random(seed);
        for (int i = 0; i < mixed; i++) {
            List<Change> shuffled = new ArrayList<>(CHANGES);
            Collections.shuffle(shuffled, random);
            pods.add(changed(shuffled.subList(0, random.nextInt(5))));
        }
        return pods;
    }

    private static Pod changed(List<Change> changes) {
        PodBuilder builder = new PodBuilder(SecurePods.secure());
        changes.forEach(change -> change.accept(builder));
        return builder.build();
    }

    private static List<Change> changes() {
        List<Change> all = new ArrayList<>();
        all.addAll(ofPods());
        all.addAll(ofPodContexts());
        all.addAll(ofContainers());
        all.addAll(ofContexts());
        all.addAll(ofVolumes());
        return all;
    }

    private static List<Change> ofPods() {
        return List.of(
                spec(s -> s.withHostNetwork(true)),
                spec(s -> s.withHostPID(true)),
                spec(s -> s.withHostIPC(true)),
                spec(s -> s.withHostNetwork(false).withHostPID(false)),
                spec(s -> s.withHostUsers(false)),
                spec(s -> s.withHostUsers(true)),
                spec(RandomPods::secureInit),
                spec(s -> s.addNewInitContainer().withName("i").withImage("x").endInitContainer()),
                spec(s -> s.addNewContainer().withName("second").withImage("x").endContainer()),
                spec(RandomPods::windows),
                spec(s -> s.withNewOs("linux")),
                annotated("unconfined"),
                annotated("runtime/default"),
                annotated("localhost/x"));
    }

    private static List<Change> ofPodContexts() {
        return List.of(
                podContext(c -> c.withRunAsNonRoot(null)),
                podContext(c -> c.withRunAsNonRoot(false)),
                podContext(c -> c.withRunAsUser(0L)),
                podContext(c -> c.withRunAsUser(1000L)),
                podContext(c -> c.withRunAsGroup(0L).withFsGroup(0L).withSupplementalGroups(0L)),
                podContext(c -> c.withSeccompProfile(null)),
                podContext(c -> c.withNewSeccompProfile(null, "Unconfined")),
                podContext(c -> c.withNewSeccompProfile("x.json", "Localhost")),
                podContext(c -> c.withNewAppArmorProfile(null, "Unconfined")),
                podContext(c -> c.withNewAppArmorProfile(null, "RuntimeDefault")),
                podContext(c -> c.withNewSeLinuxOptions(null, null, "spc_t", null)),
                podContext(c -> c.withNewSeLinuxOptions(null, null, "container_kvm_t", null)),
                podContext(c -> c.withNewSeLinuxOptions(null, null, "container_engine_t", null)),
                podContext(c -> c.withNewSeLinuxOptions("s0", null, null, null)),
                podContext(c -> c.withNewSeLinuxOptions(null, "r", null, null)),
                podContext(c -> c.withNewSeLinuxOptions(null, null, null, "u")),
                sysctl("kernel.msgmax"),
                sysctl("kernel.shm_rmid_forced"),
                sysctl("net.ipv4.tcp_wmem"),
                sysctl("net.ipv4.ip_local_reserved_ports"),
                sysctl("net.core.somaxconn"));
    }

    private static List<Change> ofContainers() {
        return List.of(
                container(c -> c.addToPorts(port(8080, 8080))),
                container(c -> c.addToPorts(port(8081, 0))),
                container(
                        c ->
                                c.withNewLivenessProbe()
                                        .withNewTcpSocket()
                                        .withHost("10.0.0.1")
                                        .withNewPort(1)
                                        .endTcpSocket()
                                        .endLivenessProbe()),
                container(
                        c ->
                                c.withNewReadinessProbe()
                                        .withNewHttpGet()
                                        .withHost("127.0.0.1")
                                        .withNewPort(1)
                                        .endHttpGet()
                                        .endReadinessProbe()),
                container(
                        c ->
                                c.withNewStartupProbe()
                                        .withNewHttpGet()
                                        .withNewPort(1)
                                        .endHttpGet()
                                        .endStartupProbe()),
                container(
                        c ->
                                c.withNewLifecycle()
                                        .withNewPreStop()
                                        .withNewHttpGet()
                                        .withHost("metadata")
                                        .withNewPort(1)
                                        .endHttpGet()
                                        .endPreStop()
                                        .endLifecycle()),
                container(
                        c ->
                                c.withNewLifecycle()
                                        .withNewPostStart()
                                        .withNewExec()
                                        .withCommand("true")
                                        .endExec()
                                        .endPostStart()
                                        .endLifecycle()),
                container(c -> c.withSecurityContext(null)));
    }

    private static List<Change> ofContexts() {
        return List.of(
                context(c -> c.withPrivileged(true).withAllowPrivilegeEscalation(true)),
                context(c -> c.withPrivileged(false)),
                context(c -> c.withAllowPrivilegeEscalation(null)),
                context(c -> c.withAllowPrivilegeEscalation(true)),
                context(c -> c.withCapabilities(null)),
                context(c -> c.withNewCapabilities().addToDrop("all").endCapabilities()),
                context(c -> c.withNewCapabilities().addToDrop("CHOWN").endCapabilities()),
                adding("NET_BIND_SERVICE"),
                adding("CHOWN"),
                adding("MKNOD"),
                adding("NET_RAW"),
                adding("ALL"),
                adding("CAP_CHOWN"),
                context(c -> c.withRunAsNonRoot(true)),
                context(c -> c.withRunAsNonRoot(false)),
                context(c -> c.withRunAsUser(0L)),
                context(c -> c.withRunAsUser(1L)),
                context(c -> c.withNewSeccompProfile(null, "Unconfined")),
                context(c -> c.withNewSeccompProfile(null, "RuntimeDefault")),
                context(c -> c.withNewAppArmorProfile(null, "Unconfined")),
                context(c -> c.withNewAppArmorProfile("x", "Localhost")),
                context(c -> c.withNewSeLinuxOptions(null, null, "container_init_t", null)),
                context(c -> c.withNewSeLinuxOptions(null, null, "x_t", null)),
                context(c -> c.withProcMount("Default")),
                RandomPods::unmasked,
                context(c -> c.withReadOnlyRootFilesystem(true)));
    }

    private static List<Change> ofVolumes() {
        return List.of(
                volume("a", v -> v.withNewHostPath("/var", "")),
                volume("b", v -> v.withNewEmptyDir().endEmptyDir()),
                volume("c", v -> v.withNewConfigMap().withName("x").endConfigMap()),
                volume("d", v -> v.withNewSecret().withSecretName("x").endSecret()),
                volume("e", v -> v.withNewProjected().endProjected()),
                volume("f", v -> v.withNewDownwardAPI().endDownwardAPI()),
                volume("g", v -> v.withNewPersistentVolumeClaim("x", false)),
                volume("h", v -> v.withNewCsi().withDriver("x").endCsi()),
                volume("i", v -> v.withNewNfs("/x", false, "server")),
                volume(
                        "j",
                        v ->
                                v.withNewIscsi()
                                        .withIqn("iqn.2026-01.a:b")
                                        .withTargetPortal("10.0.0.1:1")
                                        .withLun(0)
                                        .endIscsi()),
                volume("k", v -> v.withNewImage("Always", "busybox")),
                volume("l", v -> v.withNewCephfs().withMonitors("m").endCephfs()));
    }

    private static Change spec(Consumer<PodSpecFluent<?>> change) {
        return pod -> {
            var spec = pod.editSpec();
            change.accept(spec);
            spec.endSpec();
        };
    }

    private static Change podContext(Consumer<PodSecurityContextFluent<?>> change) {
        return spec(
                spec -> {
                    var context = spec.editOrNewSecurityContext();
                    change.accept(context);
                    context.endSecurityContext();
                });
    }

    private static Change container(Consumer<ContainerFluent<?>> change) {
        return spec(
                spec -> {
                    var container = spec.editFirstContainer();
                    change.accept(container);
                    container.endContainer();
                });
    }

    private static Change context(Consumer<SecurityContextFluent<?>> change) {
        return container(
                container -> {
                    var context = container.editOrNewSecurityContext();
                    change.accept(context);
                    context.endSecurityContext();
                });
    }

    private static Change adding(String capability) {
        return context(c -> c.editOrNewCapabilities().addToAdd(capability).endCapabilities());
    }

    private static Change sysctl(String name) {
        return podContext(c -> c.addToSysctls(new Sysctl(name, "1")));
    }

    private static Change volume(String name, Consumer<VolumeBuilder> source) {
        VolumeBuilder volume = new VolumeBuilder().withName(name);
        source.accept(volume);
        return spec(s -> s.addToVolumes(volume.build()));
    }

    private static Change annotated(String profile) {
        return pod -> pod.editMetadata().addToAnnotations(APPARMOR, profile).endMetadata();
    }

    /// Kubernetes takes it only together with a user namespace of the pod's own.
    private static void unmasked(PodBuilder pod) {
        spec(s -> s.withHostUsers(false)).accept(pod);
        context(c -> c.withProcMount("Unmasked")).accept(pod);
    }

    private static void secureInit(PodSpecFluent<?> spec) {
        spec.addToInitContainers(
                new ContainerBuilder(SecurePods.secure().getSpec().getContainers().getFirst())
                        .withName("init")
                        .build());
    }

    private static void windows(PodSpecFluent<?> spec) {
        spec.withNewOs("windows")
                .editOrNewSecurityContext()
                .withSeccompProfile(null)
                .endSecurityContext()
                .editFirstContainer()
                .withSecurityContext(null)
                .endContainer();
    }

    private static io.fabric8.kubernetes.api.model.ContainerPort port(int container, int host) {
        return new ContainerPortBuilder().withContainerPort(container).withHostPort(host).build();
    }
}
