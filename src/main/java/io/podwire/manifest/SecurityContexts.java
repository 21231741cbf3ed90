package io.podwire.manifest;

import io.fabric8.kubernetes.api.model.AppArmorProfile;
import io.fabric8.kubernetes.api.model.AppArmorProfileBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SeccompProfileBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.podwire.protocol.SecurityConfig;
import io.podwire.protocol.SecurityConfig.Identity;
import io.podwire.protocol.SecurityConfig.Profile;
import io.podwire.protocol.SecurityConfig.Rights;

import java.util.Optional;

/// The rights of a pod's processes, hardened where the command says nothing.
final class SecurityContexts {
    private static final Profile HARDENED = new Profile("RuntimeDefault", Optional.empty());

    private SecurityContexts() {}

    /// What holds for all containers that say nothing else.
    static PodSecurityContext ofPod(SecurityConfig wanted) {
        PodSecurityContextBuilder context =
                new PodSecurityContextBuilder()
                        .withSeccompProfile(seccomp(wanted.seccompProfile().orElse(HARDENED)))
                        .withSupplementalGroups(wanted.fileGroups().supplementalGroups());
        wanted.identity().runAsUser().ifPresent(context::withRunAsUser);
        wanted.identity().runAsGroup().ifPresent(context::withRunAsGroup);
        wanted.identity().runAsNonRoot().ifPresent(context::withRunAsNonRoot);
        wanted.appArmorProfile()
                .map(SecurityContexts::appArmor)
                .ifPresent(context::withAppArmorProfile);
        wanted.fileGroups().fsGroup().ifPresent(context::withFsGroup);
        wanted.fileGroups().fsGroupChangePolicy().ifPresent(context::withFsGroupChangePolicy);
        return context.build();
    }

    /// What the main container has for itself: the rest of it is said of the pod.
    static SecurityContext ofMain(SecurityConfig wanted) {
        return rights(wanted.rights()).build();
    }

    static SecurityContext of(SecurityConfig wanted) {
        SecurityContextBuilder context = rights(wanted.rights());
        Identity identity = wanted.identity();
        identity.runAsUser().ifPresent(context::withRunAsUser);
        identity.runAsGroup().ifPresent(context::withRunAsGroup);
        identity.runAsNonRoot().ifPresent(context::withRunAsNonRoot);
        wanted.seccompProfile()
                .map(SecurityContexts::seccomp)
                .ifPresent(context::withSeccompProfile);
        wanted.appArmorProfile()
                .map(SecurityContexts::appArmor)
                .ifPresent(context::withAppArmorProfile);
        return context.build();
    }

    private static SecurityContextBuilder rights(Rights wanted) {
        SecurityContextBuilder context =
                new SecurityContextBuilder()
                        .withAllowPrivilegeEscalation(
                                wanted.allowPrivilegeEscalation().orElse(false));
        wanted.readOnlyRootFilesystem().ifPresent(context::withReadOnlyRootFilesystem);
        if (!wanted.addedCapabilities().isEmpty() || !wanted.droppedCapabilities().isEmpty()) {
            context.withNewCapabilities()
                    .withAdd(wanted.addedCapabilities())
                    .withDrop(wanted.droppedCapabilities())
                    .endCapabilities();
        }
        return context;
    }

    private static SeccompProfile seccomp(Profile wanted) {
        SeccompProfileBuilder profile = new SeccompProfileBuilder().withType(wanted.type());
        wanted.localhostProfile().ifPresent(profile::withLocalhostProfile);
        return profile.build();
    }

    private static AppArmorProfile appArmor(Profile wanted) {
        AppArmorProfileBuilder profile = new AppArmorProfileBuilder().withType(wanted.type());
        wanted.localhostProfile().ifPresent(profile::withLocalhostProfile);
        return profile.build();
    }
}
