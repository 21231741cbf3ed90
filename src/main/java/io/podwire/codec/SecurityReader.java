package io.podwire.codec;

import com.fasterxml.jackson.databind.JsonNode;

import io.podwire.protocol.SecurityConfig;
import io.podwire.protocol.SecurityConfig.FileGroups;
import io.podwire.protocol.SecurityConfig.Identity;
import io.podwire.protocol.SecurityConfig.Profile;
import io.podwire.protocol.SecurityConfig.Rights;

/// Reads a security context whose JSON has passed all checks.
final class SecurityReader {
    private SecurityReader() {}

    static SecurityConfig read(JsonNode context) {
        return new SecurityConfig(
                new Identity(
                        Values.optionalLong(context, "runAsUser"),
                        Values.optionalLong(context, "runAsGroup"),
                        Values.optional(context, "runAsNonRoot").map(JsonNode::booleanValue)),
                Values.optional(context, "seccompProfile").map(SecurityReader::profile),
                Values.optional(context, "appArmorProfile").map(SecurityReader::profile),
                rights(context),
                new FileGroups(
                        Values.optionalLong(context, "fsGroup"),
                        Values.optionalText(context, "fsGroupChangePolicy"),
                        Values.list(context, "supplementalGroups", JsonNode::longValue)));
    }

    private static Profile profile(JsonNode profile) {
        return new Profile(
                Values.text(profile, "type"), Values.optionalText(profile, "localhostProfile"));
    }

    private static Rights rights(JsonNode context) {
        JsonNode capabilities = context.path("capabilities");
        return new Rights(
                Values.optional(context, "allowPrivilegeEscalation").map(JsonNode::booleanValue),
                Values.optional(context, "readOnlyRootFilesystem").map(JsonNode::booleanValue),
                Values.list(capabilities, "add", JsonNode::asText),
                Values.list(capabilities, "drop", JsonNode::asText));
    }
}
