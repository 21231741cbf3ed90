package io.podwire.codec;

import static io.podwire.protocol.ErrorReason.SCHEMA;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a schema cannot say of volumes and their mounts.
///
/// Confined to one message.
final class VolumeChecks {
    private static final String VOLUMES = PodChecks.POD + "/volumes";

    private final Findings findings;
    private final Set<String> known;

    /// The volumes that some container mounts.
    private final Set<String> used = new HashSet<>();

    VolumeChecks(Findings findings) {
        this.findings = findings;
        this.known =
                Set.copyOf(Values.list(findings.at(PodChecks.POD), "volumes", VolumeChecks::name));
    }

    /// Checks the volumes, and the main container's mounts, which stand in them.
    void volumes() {
        findings.unique(VOLUMES, "name");
        for (int i = 0; i < findings.at(VOLUMES).size(); i++) {
            findings.form("memory", VOLUMES + "/" + i + "/emptyDir/sizeLimit");
            findings.form("memory", VOLUMES + "/" + i + "/shm/sizeLimit");
        }
        paths(VOLUMES);
    }

    /// Checks the mounts of another container.
    ///
    /// @param container pointer to it
    void mounts(String container) {
        String mounts = container + "/volumeMounts";
        for (int i = 0; i < findings.at(mounts).size(); i++) {
            if (!known.contains(name(findings.at(mounts).path(i)))) {
                findings.flaw(SCHEMA, mounts + "/" + i + "/name", "is none of the pod's volumes");
            }
        }
        paths(mounts);
    }

    /// Checks, when all mounts have been, that each volume has one: to forget it is a slip.
    void allMounted() {
        for (int i = 0; i < findings.at(VOLUMES).size(); i++) {
            if (!used.contains(name(findings.at(VOLUMES).path(i)))) {
                String flaw = "is mounted nowhere: it needs a mountPath, or volumeMounts elsewhere";
                findings.flaw(SCHEMA, VOLUMES + "/" + i, flaw);
            }
        }
    }

    private void paths(String list) {
        Set<List<String>> seen = new HashSet<>();
        for (int i = 0; i < findings.at(list).size(); i++) {
            JsonNode mount = findings.at(list).path(i);
            String pointer = list + "/" + i;
            findings.staysInside(pointer + "/mountPath");
            findings.staysInside(pointer + "/subPath");
            if (mount.has("mountPath")) {
                used.add(name(mount));
                if (!seen.add(steps(Values.text(mount, "mountPath")))) {
                    findings.flaw(SCHEMA, pointer + "/mountPath", "is there more than once");
                }
            }
        }
    }

    /// The same for all spellings of a path.
    private static List<String> steps(String path) {
        return Arrays.stream(path.split("/", -1))
                .filter(step -> !step.isEmpty() && !".".equals(step))
                .toList();
    }

    private static String name(JsonNode object) {
        return Values.text(object, "name");
    }
}
