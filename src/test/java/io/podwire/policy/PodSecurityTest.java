package io.podwire.policy;

import static io.podwire.policy.SecurePods.container;
import static io.podwire.policy.SecurePods.context;
import static io.podwire.policy.SecurePods.podContext;
import static io.podwire.policy.SecurePods.secure;
import static io.podwire.policy.SecurePods.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EphemeralContainerBuilder;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LifecycleBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Sysctl;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.podwire.manifest.Configs;
import io.podwire.manifest.PodManifest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Every control of the Pod Security Standards, each with a pod that breaks it and nothing else.
class PodSecurityTest {
    @ParameterizedTest
    @EnumSource
    void securePodKeepsEveryLevel(PodSecurityLevel level) {
        assertThat(PodSecurity.violations(secure(), level)).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("breakingBaseline")
    void baselineFindsTheOneControlThatIsBroken(String check, String what, Pod pod) {
        assertThat(checks(pod, PodSecurityLevel.BASELINE)).containsExactly(check);
        assertThat(checks(pod, PodSecurityLevel.RESTRICTED)).isNotEmpty();
        assertThat(checks(pod, PodSecurityLevel.PRIVILEGED)).isEmpty();
    }

    static Stream<Arguments> breakingBaseline() {
        return Stream.of(
                row("hostNamespaces", "network", spec(s -> s.withHostNetwork(true))),
                row("hostNamespaces", "PID", spec(s -> s.withHostPID(true))),
                row("hostNamespaces", "IPC", spec(s -> s.withHostIPC(true))),
                row("privileged", "container", context(c -> c.withPrivileged(true))),
                row("privileged", "init container", init(privileged())),
                row("privileged", "ephemeral container", ephemeral(privileged())),
                row("capabilities_baseline", "SYS_ADMIN", adding("SYS_ADMIN")),
                row("capabilities_baseline", "NET_RAW", adding("NET_RAW")),
                row("capabilities_baseline", "ALL", adding("ALL")),
                row("capabilities_baseline", "lower case", adding("chown")),
                row("hostPathVolumes", "hostPath", volume(v -> v.withNewHostPath("/", ""))),
                row("hostPorts", "port", container(c -> c.addToPorts(hostPort(80)))),
                row(
                        "hostProbesAndHostLifecycle",
                        "liveness",
                        container(
                                c ->
                                        c.withLivenessProbe(
                                                new ProbeBuilder()
                                                        .withHttpGet(elsewhere())
                                                        .build()))),
                row(
                        "hostProbesAndHostLifecycle",
                        "readiness",
                        container(
                                c ->
                                        c.withNewReadinessProbe()
                                                .withNewTcpSocket()
                                                .withHost("10.0.0.1")
                                                .withNewPort(1)
                                                .endTcpSocket()
                                                .endReadinessProbe())),
                row(
                        "hostProbesAndHostLifecycle",
                        "startup",
                        container(
                                c ->
                                        c.withStartupProbe(
                                                new ProbeBuilder()
                                                        .withHttpGet(elsewhere())
                                                        .build()))),
                row(
                        "hostProbesAndHostLifecycle",
                        "postStart",
                        container(
                                c ->
                                        c.withLifecycle(
                                                new LifecycleBuilder()
                                                        .withNewPostStart()
                                                        .withHttpGet(elsewhere())
                                                        .endPostStart()
                                                        .build()))),
                row(
                        "hostProbesAndHostLifecycle",
                        "preStop",
                        container(
                                c ->
                                        c.withLifecycle(
                                                new LifecycleBuilder()
                                                        .withNewPreStop()
                                                        .withHttpGet(elsewhere())
                                                        .endPreStop()
                                                        .build()))),
                row(
                        "appArmorProfile",
                        "annotation",
                        new PodBuilder(secure())
                                .editMetadata()
                                .addToAnnotations(
                                        "container.apparmor.security.beta.kubernetes.io/main",
                                        "unconfined")
                                .endMetadata()
                                .build()),
                row(
                        "appArmorProfile",
                        "pod",
                        podContext(c -> c.withNewAppArmorProfile(null, "Unconfined"))),
                row(
                        "appArmorProfile",
                        "container",
                        context(c -> c.withNewAppArmorProfile(null, "Unconfined"))),
                row(
                        "seLinuxOptions",
                        "type of the pod",
                        podContext(c -> c.withNewSeLinuxOptions(null, null, "spc_t", null))),
                row(
                        "seLinuxOptions",
                        "user",
                        context(c -> c.withNewSeLinuxOptions(null, null, null, "u"))),
                row(
                        "seLinuxOptions",
                        "role",
                        context(c -> c.withNewSeLinuxOptions(null, "r", null, null))),
                row("procMount", "unmasked", context(c -> c.withProcMount("Unmasked"))),
                row(
                        "seccompProfile_baseline",
                        "pod",
                        podContext(c -> c.withNewSeccompProfile(null, "Unconfined"))),
                row(
                        "seccompProfile_baseline",
                        "container",
                        context(c -> c.withNewSeccompProfile(null, "Unconfined"))),
                row(
                        "sysctls",
                        "unsafe",
                        podContext(c -> c.addToSysctls(new Sysctl("kernel.msgmax", "1")))),
                row(
                        "windowsHostProcess",
                        "pod",
                        podContext(c -> c.withNewWindowsOptions(null, null, true, null))),
                row(
                        "windowsHostProcess",
                        "container",
                        context(c -> c.withNewWindowsOptions(null, null, true, null))));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("breakingRestricted")
    void restrictedFindsTheOneControlThatIsBroken(String check, String what, Pod pod) {
        assertThat(checks(pod, PodSecurityLevel.RESTRICTED)).containsExactly(check);
        assertThat(checks(pod, PodSecurityLevel.BASELINE)).isEmpty();
    }

    static Stream<Arguments> breakingRestricted() {
        return Stream.of(
                row("restrictedVolumes", "nfs", volume(v -> v.withNewNfs("/", false, "server"))),
                row(
                        "restrictedVolumes",
                        "iscsi",
                        volume(v -> v.withNewIscsi().withIqn("x").endIscsi())),
                row(
                        "allowPrivilegeEscalation",
                        "true",
                        context(c -> c.withAllowPrivilegeEscalation(true))),
                row(
                        "allowPrivilegeEscalation",
                        "not set",
                        context(c -> c.withAllowPrivilegeEscalation(null))),
                row(
                        "allowPrivilegeEscalation",
                        "init container",
                        init(
                                new SecurityContextBuilder()
                                        .withNewCapabilities()
                                        .addToDrop("ALL")
                                        .endCapabilities())),
                row(
                        "capabilities_restricted",
                        "nothing dropped",
                        context(c -> c.withCapabilities(null))),
                row(
                        "capabilities_restricted",
                        "less than ALL dropped",
                        context(c -> c.editCapabilities().withDrop("CHOWN").endCapabilities())),
                row("capabilities_restricted", "CHOWN added", adding("CHOWN")),
                row(
                        "seccompProfile_restricted",
                        "not set",
                        podContext(c -> c.withSeccompProfile(null))),
                row("runAsNonRoot", "not set", podContext(c -> c.withRunAsNonRoot(null))),
                row("runAsNonRoot", "false", context(c -> c.withRunAsNonRoot(false))),
                row("runAsUser", "root", context(c -> c.withRunAsUser(0L))),
                row("runAsUser", "root of the pod", podContext(c -> c.withRunAsUser(0L))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("harmless")
    void harmlessPodKeepsRestricted(String what, Pod pod) {
        assertThat(checks(pod, PodSecurityLevel.RESTRICTED)).isEmpty();
    }

    static Stream<Arguments> harmless() {
        return Stream.of(
                Arguments.of("bind to low ports", adding("NET_BIND_SERVICE")),
                Arguments.of("port", container(c -> c.addToPorts(hostPort(0)))),
                Arguments.of("default procMount", context(c -> c.withProcMount("Default"))),
                Arguments.of("other user", context(c -> c.withRunAsUser(1000L))),
                Arguments.of("empty dir", volume(v -> v.withNewEmptyDir().endEmptyDir())),
                Arguments.of("secret", volume(v -> v.withNewSecret().endSecret())),
                Arguments.of(
                        "profile on the node",
                        context(c -> c.withNewSeccompProfile("x.json", "Localhost"))),
                Arguments.of(
                        "AppArmor of the runtime",
                        new PodBuilder(secure())
                                .editMetadata()
                                .addToAnnotations(
                                        "container.apparmor.security.beta.kubernetes.io/main",
                                        "runtime/default")
                                .endMetadata()
                                .build()),
                Arguments.of(
                        "safe sysctl",
                        podContext(
                                c -> c.addToSysctls(new Sysctl("net.ipv4.tcp_syncookies", "1")))),
                Arguments.of(
                        "root in a user namespace of its own",
                        spec(
                                s ->
                                        s.withHostUsers(false)
                                                .editSecurityContext()
                                                .withRunAsNonRoot(null)
                                                .withRunAsUser(0L)
                                                .endSecurityContext())),
                Arguments.of(
                        "Linux rules on Windows",
                        spec(
                                s ->
                                        s.withNewOs("windows")
                                                .editSecurityContext()
                                                .withSeccompProfile(null)
                                                .endSecurityContext()
                                                .editFirstContainer()
                                                .withSecurityContext(null)
                                                .endContainer())),
                Arguments.of(
                        "container that settles it by itself",
                        spec(
                                s ->
                                        s.withSecurityContext(null)
                                                .editFirstContainer()
                                                .editSecurityContext()
                                                .withRunAsNonRoot(true)
                                                .withNewSeccompProfile(null, "RuntimeDefault")
                                                .endSecurityContext()
                                                .endContainer())));
    }

    @Test
    void userNamespaceOpensProcMountInBaselineOnly() {
        // Given
        Pod pod =
                spec(
                        s ->
                                s.withHostUsers(false)
                                        .editFirstContainer()
                                        .editSecurityContext()
                                        .withProcMount("Unmasked")
                                        .endSecurityContext()
                                        .endContainer());

        // When, Then
        assertThat(checks(pod, PodSecurityLevel.BASELINE)).isEmpty();
        assertThat(checks(pod, PodSecurityLevel.RESTRICTED)).containsExactly("procMount");
    }

    @Test
    void podThatWeMakeKeepsBaseline() {
        // Given
        Pod pod =
                new PodManifest("g", Optional.empty())
                        .of(Configs.POD, Configs.minimal(), Configs.origin());

        // When, Then
        assertThat(checks(pod, PodSecurityLevel.BASELINE)).isEmpty();
    }

    @Test
    void allContainersThatWeMakeAreJudged() {
        // Given
        Pod pod =
                new PodManifest("g", Optional.empty())
                        .of(Configs.POD, Configs.full(), Configs.origin());

        // When
        List<Violation> baseline = PodSecurity.violations(pod, PodSecurityLevel.BASELINE);
        List<Violation> restricted = PodSecurity.violations(pod, PodSecurityLevel.RESTRICTED);

        // Then
        assertThat(baseline)
                .singleElement()
                .asString()
                .startsWith("appArmorProfile (pod, container \"fetch\" must");
        assertThat(restricted)
                .extracting(Violation::toString)
                .anySatisfy(
                        told ->
                                assertThat(told)
                                        .startsWith(
                                                "allowPrivilegeEscalation (container \"fetch\","
                                                        + " container \"main\" must"))
                .anySatisfy(
                        told ->
                                assertThat(told)
                                        .startsWith(
                                                "capabilities_restricted (container \"proxy\""
                                                        + " must"));
    }

    @Test
    void violationNamesEveryContainerThatBreaksTheRule() {
        // Given
        Pod pod =
                spec(
                        s ->
                                s.editFirstContainer()
                                        .editSecurityContext()
                                        .withPrivileged(true)
                                        .endSecurityContext()
                                        .endContainer()
                                        .addNewInitContainer()
                                        .withName("prepare")
                                        .withNewSecurityContext()
                                        .withPrivileged(true)
                                        .endSecurityContext()
                                        .endInitContainer());

        // When
        List<Violation> violations = PodSecurity.violations(pod, PodSecurityLevel.BASELINE);

        // Then
        assertThat(violations)
                .singleElement()
                .hasToString(
                        "privileged (container \"prepare\", container \"main\""
                                + " must not set privileged=true)");
    }

    private static List<String> checks(Pod pod, PodSecurityLevel level) {
        return PodSecurity.violations(pod, level).stream().map(Violation::check).toList();
    }

    private static Arguments row(String check, String what, Pod pod) {
        return Arguments.of(check, what, pod);
    }

    private static Pod adding(String capability) {
        return context(c -> c.editCapabilities().addToAdd(capability).endCapabilities());
    }

    private static Pod volume(Consumer<VolumeBuilder> source) {
        VolumeBuilder volume = new VolumeBuilder().withName("v");
        source.accept(volume);
        return spec(s -> s.addToVolumes(volume.build()));
    }

    private static SecurityContextBuilder privileged() {
        return new SecurityContextBuilder(
                        secure().getSpec().getContainers().getFirst().getSecurityContext())
                .withPrivileged(true);
    }

    private static Pod init(SecurityContextBuilder context) {
        return spec(
                s ->
                        s.addNewInitContainer()
                                .withName("prepare")
                                .withSecurityContext(context.build())
                                .endInitContainer());
    }

    private static Pod ephemeral(SecurityContextBuilder context) {
        return spec(
                s ->
                        s.addToEphemeralContainers(
                                new EphemeralContainerBuilder()
                                        .withName("debug")
                                        .withSecurityContext(context.build())
                                        .build()));
    }

    private static ContainerPort hostPort(int port) {
        return new ContainerPortBuilder().withContainerPort(80).withHostPort(port).build();
    }

    private static HTTPGetAction elsewhere() {
        HTTPGetAction get = new HTTPGetAction();
        get.setHost("169.254.169.254");
        get.setPort(new IntOrString(80));
        return get;
    }
}
