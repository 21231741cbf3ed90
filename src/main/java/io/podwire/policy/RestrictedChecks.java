package io.podwire.policy;

import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The standard `restricted`: baseline, and the present best practice of hardening.
final class RestrictedChecks {
    private final SecuredPod pod;

    RestrictedChecks(Pod pod) {
        this.pod = new SecuredPod(pod);
    }

    List<Violation> violations() {
        BaselineChecks baseline = new BaselineChecks(pod);
        baseline.common();
        baseline.procMount();
        volumes();
        if (!pod.windows()) {
            privilegeEscalation();
            capabilities();
        }
        seccomp();
        if (!pod.userNamespace()) {
            nonRoot();
            user();
        }
        return pod.found();
    }

    private void volumes() {
        pod.spec().getVolumes().stream()
                .filter(volume -> !allowed(volume))
                .forEach(
                        v ->
                                pod.note(
                                        "restrictedVolumes",
                                        "volume \"" + v.getName() + "\" has a restricted type"));
    }

    private static boolean allowed(Volume volume) {
        return Stream.of(
                        Optional.ofNullable(volume.getConfigMap()),
                        Optional.ofNullable(volume.getCsi()),
                        Optional.ofNullable(volume.getDownwardAPI()),
                        Optional.ofNullable(volume.getEmptyDir()),
                        Optional.ofNullable(volume.getEphemeral()),
                        Optional.ofNullable(volume.getImage()),
                        Optional.ofNullable(volume.getPersistentVolumeClaim()),
                        Optional.ofNullable(volume.getProjected()),
                        Optional.ofNullable(volume.getSecret()))
                .anyMatch(Optional::isPresent);
    }

    private void privilegeEscalation() {
        pod.forbid(
                "allowPrivilegeEscalation",
                false,
                container ->
                        container.set(SecurityContext::getAllowPrivilegeEscalation).orElse(true),
                "must set allowPrivilegeEscalation=false");
    }

    private void capabilities() {
        pod.forbid(
                "capabilities_restricted",
                false,
                container ->
                        !container
                                .set(SecurityContext::getCapabilities)
                                .map(Capabilities::getDrop)
                                .orElse(List.of())
                                .contains("ALL"),
                "must set capabilities.drop=[\"ALL\"]");
        pod.forbid(
                "capabilities_restricted",
                false,
                container ->
                        container
                                .set(SecurityContext::getCapabilities)
                                .map(Capabilities::getAdd)
                                .orElse(List.of())
                                .stream()
                                .anyMatch(name -> !Objects.equals(name, "NET_BIND_SERVICE")),
                "must not add other capabilities than NET_BIND_SERVICE");
    }

    private void seccomp() {
        var ofPod = pod.set(PodSecurityContext::getSeccompProfile);
        boolean covered = ofPod.isPresent() && !BaselineChecks.unsafeSeccomp(ofPod);
        pod.forbid(
                "seccompProfile_restricted",
                BaselineChecks.unsafeSeccomp(ofPod),
                container -> {
                    var own = container.set(SecurityContext::getSeccompProfile);
                    boolean missing = own.isEmpty() && !covered && !pod.windows();
                    return missing || BaselineChecks.unsafeSeccomp(own);
                },
                "must set seccompProfile.type to RuntimeDefault or Localhost");
    }

    private void nonRoot() {
        Optional<Boolean> ofPod = pod.set(PodSecurityContext::getRunAsNonRoot);
        pod.forbid(
                "runAsNonRoot",
                !ofPod.orElse(true),
                container ->
                        !container
                                .set(SecurityContext::getRunAsNonRoot)
                                .or(() -> ofPod)
                                .orElse(false),
                "must set runAsNonRoot=true");
    }

    private void user() {
        pod.forbid(
                "runAsUser",
                root(pod.set(PodSecurityContext::getRunAsUser)),
                container -> root(container.set(SecurityContext::getRunAsUser)),
                "must not set runAsUser=0");
    }

    private static boolean root(Optional<Long> user) {
        return user.filter(id -> id == 0).isPresent();
    }
}
