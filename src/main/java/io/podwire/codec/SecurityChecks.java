package io.podwire.codec;

import static io.podwire.protocol.ErrorReason.SCHEMA;

import com.fasterxml.jackson.databind.JsonNode;

/// What a schema cannot say of one container's security context.
///
/// Confined to one message.
final class SecurityChecks {
    private static final String POD = PodChecks.POD + "/securityContext";

    private final Findings findings;
    private final String context;

    /// @param context pointer to it, whether it is there or not; that of the main container is the pod's
    SecurityChecks(Findings findings, String context) {
        this.findings = findings;
        this.context = context;
    }

    void check() {
        profile(context + "/seccompProfile");
        profile(context + "/appArmorProfile");
        findings.staysInside(context + "/seccompProfile/localhostProfile");
        rootOrNot();
    }

    private void profile(String pointer) {
        JsonNode profile = findings.at(pointer);
        boolean localhost = "Localhost".equals(profile.path("type").asText());
        boolean named = profile.has("localhostProfile");
        if (localhost && !named) {
            findings.flaw(SCHEMA, pointer + "/localhostProfile", "is missing: Localhost needs it");
        }
        if (!localhost && named) {
            findings.flaw(SCHEMA, pointer + "/localhostProfile", "counts only with type Localhost");
        }
    }

    /// The kubelet would wait forever before such a container.
    private void rootOrNot() {
        JsonNode user = ownOrOfPod("runAsUser");
        boolean root = user.isNumber() && user.longValue() == 0;
        if (root && ownOrOfPod("runAsNonRoot").booleanValue()) {
            String flaw = "is root, which runAsNonRoot forbids";
            findings.flaw(SCHEMA, context + "/runAsUser", flaw);
        }
    }

    private JsonNode ownOrOfPod(String field) {
        JsonNode own = findings.at(context + "/" + field);
        return own.isMissingNode() ? findings.at(POD + "/" + field) : own;
    }
}
