package io.podwire.codec;

import static io.podwire.protocol.ErrorReason.SCHEMA;

import com.fasterxml.jackson.databind.JsonNode;

import io.podwire.protocol.CommandError;

import java.util.List;

/// What a schema cannot say of a message that keeps it: ranges of quantities and durations, names that
/// must differ, fields that exclude each other.
final class MeaningChecks {
    private MeaningChecks() {}

    static List<CommandError> errors(JsonNode message) {
        Findings findings = new Findings(message);
        times(findings);
        logs(findings);
        if (findings.at(PodChecks.POD).isObject()) {
            new PodChecks(findings).check();
        }
        return findings.all();
    }

    private static void times(Findings findings) {
        findings.form("instant", "/expirytime");
        findings.form("instant", "/data/sinceTime");
        findings.form("duration", "/data/timeout");
        findings.form("duration", "/data/await/timeout");
    }

    private static void logs(Findings findings) {
        JsonNode data = findings.at("/data");
        if (data.has("sinceTime") && data.has("sinceSeconds")) {
            findings.flaw(SCHEMA, "/data/sinceSeconds", "and sinceTime exclude each other");
        }
        if (data.has("container") && data.path("allContainers").booleanValue()) {
            findings.flaw(SCHEMA, "/data/allContainers", "and container exclude each other");
        }
    }
}
