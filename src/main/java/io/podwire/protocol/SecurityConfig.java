package io.podwire.protocol;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/// What a create says about the rights of processes: of one container, or of the whole pod.
///
/// What it leaves empty is as the pod has it, and there as we harden every pod.
public record SecurityConfig(
        Identity identity,
        Optional<Profile> seccompProfile,
        Optional<Profile> appArmorProfile,
        Rights rights,
        FileGroups fileGroups) {
    /// Says nothing.
    public static final SecurityConfig NONE =
            new SecurityConfig(
                    Identity.NONE,
                    Optional.empty(),
                    Optional.empty(),
                    Rights.NONE,
                    FileGroups.NONE);

    public SecurityConfig {
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(seccompProfile, "seccompProfile");
        Objects.requireNonNull(appArmorProfile, "appArmorProfile");
        Objects.requireNonNull(rights, "rights");
        Objects.requireNonNull(fileGroups, "fileGroups");
    }

    /// As whom processes run.
    public record Identity(
            OptionalLong runAsUser, OptionalLong runAsGroup, Optional<Boolean> runAsNonRoot) {
        public static final Identity NONE =
                new Identity(OptionalLong.empty(), OptionalLong.empty(), Optional.empty());
    }

    /// What seccomp or AppArmor lets processes do.
    ///
    /// @param type RuntimeDefault, Localhost or Unconfined
    /// @param localhostProfile the node's own profile, with Localhost
    public record Profile(String type, Optional<String> localhostProfile) {
        public Profile {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(localhostProfile, "localhostProfile");
        }
    }

    /// What only a container has; the pod's are the main container's.
    public record Rights(
            Optional<Boolean> allowPrivilegeEscalation,
            Optional<Boolean> readOnlyRootFilesystem,
            List<String> addedCapabilities,
            List<String> droppedCapabilities) {
        public static final Rights NONE =
                new Rights(Optional.empty(), Optional.empty(), List.of(), List.of());

        public Rights {
            addedCapabilities = List.copyOf(addedCapabilities);
            droppedCapabilities = List.copyOf(droppedCapabilities);
        }
    }

    /// What only a pod has: groups of all processes, and of the files on volumes.
    public record FileGroups(
            OptionalLong fsGroup,
            Optional<String> fsGroupChangePolicy,
            List<Long> supplementalGroups) {
        public static final FileGroups NONE =
                new FileGroups(OptionalLong.empty(), Optional.empty(), List.of());

        public FileGroups {
            supplementalGroups = List.copyOf(supplementalGroups);
        }
    }
}
