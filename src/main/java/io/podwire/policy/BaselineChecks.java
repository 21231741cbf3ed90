package io.podwire.policy;

import io.fabric8.kubernetes.api.model.AppArmorProfile;
import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SELinuxOptions;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Sysctl;
import io.fabric8.kubernetes.api.model.WindowsSecurityContextOptions;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The standard `baseline`: nothing that is known to let a container out.
final class BaselineChecks {
    private static final Set<String> CAPABILITIES =
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
    private static final Set<String> SELINUX_TYPES =
            Set.of("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t");
    private static final Set<String> SYSCTLS =
            Set.of(
                    "kernel.shm_rmid_forced",
                    "net.ipv4.ip_local_port_range",
                    "net.ipv4.tcp_syncookies",
                    "net.ipv4.ping_group_range",
                    "net.ipv4.ip_unprivileged_port_start",
                    "net.ipv4.ip_local_reserved_ports",
                    "net.ipv4.tcp_keepalive_time",
                    "net.ipv4.tcp_fin_timeout",
                    "net.ipv4.tcp_keepalive_intvl",
                    "net.ipv4.tcp_keepalive_probes",
                    "net.ipv4.tcp_rmem",
                    "net.ipv4.tcp_wmem");
    private static final Set<String> PROFILES = Set.of("RuntimeDefault", "Localhost");
    private static final String APPARMOR_ANNOTATION =
            "container.apparmor.security.beta.kubernetes.io/";

    private final SecuredPod pod;

    BaselineChecks(Pod pod) {
        this(new SecuredPod(pod));
    }

    BaselineChecks(SecuredPod pod) {
        this.pod = pod;
    }

    List<Violation> violations() {
        common();
        capabilities();
        hostPaths();
        if (!pod.userNamespace()) {
            procMount();
        }
        seccomp();
        return pod.found();
    }

    /// What gives a pod a part of its node.
    List<Violation> hostAccess() {
        hostNamespaces();
        hostPorts();
        hostPaths();
        return pod.found();
    }

    /// What `restricted` does not replace by a stricter rule of its own.
    void common() {
        appArmor();
        hostNamespaces();
        hostPorts();
        hostsOfProbes();
        privileged();
        seLinux();
        sysctls();
        windowsHostProcess();
    }

    private void appArmor() {
        pod.forbid(
                "appArmorProfile",
                unsafe(pod.set(PodSecurityContext::getAppArmorProfile)),
                container -> unsafe(container.set(SecurityContext::getAppArmorProfile)),
                "must set appArmorProfile.type to RuntimeDefault or Localhost, or not at all");
        Optional.ofNullable(pod.pod().getMetadata())
                .flatMap(metadata -> Optional.ofNullable(metadata.getAnnotations()))
                .ifPresent(
                        annotations ->
                                annotations.forEach(
                                        (name, profile) -> {
                                            if (name.startsWith(APPARMOR_ANNOTATION)
                                                    && !safeAnnotation(profile)) {
                                                pod.note("appArmorProfile", "annotation " + name);
                                            }
                                        }));
    }

    private static boolean safeAnnotation(String profile) {
        return profile.isEmpty()
                || profile.equals("runtime/default")
                || profile.startsWith("localhost/");
    }

    private static boolean unsafe(Optional<AppArmorProfile> profile) {
        return profile.filter(p -> !safe(p.getType())).isPresent();
    }

    private void hostNamespaces() {
        if (Boolean.TRUE.equals(pod.spec().getHostNetwork())) {
            pod.note("hostNamespaces", "hostNetwork=true");
        }
        if (Boolean.TRUE.equals(pod.spec().getHostPID())) {
            pod.note("hostNamespaces", "hostPID=true");
        }
        if (Boolean.TRUE.equals(pod.spec().getHostIPC())) {
            pod.note("hostNamespaces", "hostIPC=true");
        }
    }

    private void hostPorts() {
        pod.forbid(
                "hostPorts",
                false,
                container -> container.ports().stream().anyMatch(p -> set(p.getHostPort())),
                "must not use host ports");
    }

    private static boolean set(@Nullable Integer port) {
        return port != null && port != 0;
    }

    private void hostsOfProbes() {
        pod.forbid(
                "hostProbesAndHostLifecycle",
                false,
                container -> !container.hosts().isEmpty(),
                "must not name a host in probes and lifecycle handlers");
    }

    private void privileged() {
        pod.forbid(
                "privileged",
                false,
                container -> isTrue(container.set(SecurityContext::getPrivileged)),
                "must not set privileged=true");
    }

    private void seLinux() {
        pod.forbid(
                "seLinuxOptions",
                ownSeLinux(pod.set(PodSecurityContext::getSeLinuxOptions)),
                container -> ownSeLinux(container.set(SecurityContext::getSeLinuxOptions)),
                "must not set another seLinuxOptions.type than a container's, nor user or role");
    }

    private static boolean ownSeLinux(Optional<SELinuxOptions> options) {
        return options.filter(
                        o ->
                                !SELINUX_TYPES.contains(text(o.getType()))
                                        || !text(o.getUser()).isEmpty()
                                        || !text(o.getRole()).isEmpty())
                .isPresent();
    }

    private void sysctls() {
        pod.set(PodSecurityContext::getSysctls).stream()
                .flatMap(List::stream)
                .map(Sysctl::getName)
                .filter(name -> !SYSCTLS.contains(name))
                .forEach(name -> pod.note("sysctls", name));
    }

    private void windowsHostProcess() {
        pod.forbid(
                "windowsHostProcess",
                hostProcess(pod.set(PodSecurityContext::getWindowsOptions)),
                container -> hostProcess(container.set(SecurityContext::getWindowsOptions)),
                "must not set windowsOptions.hostProcess=true");
    }

    private static boolean hostProcess(Optional<WindowsSecurityContextOptions> options) {
        return options.filter(o -> Boolean.TRUE.equals(o.getHostProcess())).isPresent();
    }

    private void capabilities() {
        pod.forbid(
                "capabilities_baseline",
                false,
                container ->
                        !CAPABILITIES.containsAll(
                                container
                                        .set(SecurityContext::getCapabilities)
                                        .map(Capabilities::getAdd)
                                        .orElse(List.of())),
                "must not add capabilities beyond the container runtime's own");
    }

    private void hostPaths() {
        pod.spec().getVolumes().stream()
                .filter(volume -> volume.getHostPath() != null)
                .forEach(v -> pod.note("hostPathVolumes", "volume \"" + v.getName() + "\""));
    }

    void procMount() {
        pod.forbid(
                "procMount",
                false,
                container ->
                        container
                                .set(SecurityContext::getProcMount)
                                .filter(type -> !type.equals("Default"))
                                .isPresent(),
                "must not set another procMount than Default");
    }

    private void seccomp() {
        pod.forbid(
                "seccompProfile_baseline",
                unsafeSeccomp(pod.set(PodSecurityContext::getSeccompProfile)),
                container -> unsafeSeccomp(container.set(SecurityContext::getSeccompProfile)),
                "must set seccompProfile.type to RuntimeDefault or Localhost, or not at all");
    }

    static boolean unsafeSeccomp(Optional<SeccompProfile> profile) {
        return profile.filter(p -> !safe(p.getType())).isPresent();
    }

    private static boolean safe(@Nullable String type) {
        return PROFILES.contains(text(type));
    }

    private static boolean isTrue(Optional<Boolean> flag) {
        return flag.orElse(false);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
