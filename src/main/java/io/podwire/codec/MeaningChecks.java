package io.podwire.codec;

import static io.podwire.protocol.ErrorReason.INVALID_RESOURCES;
import static io.podwire.protocol.ErrorReason.LIMIT_EXCEEDED;
import static io.podwire.protocol.ErrorReason.SCHEMA;

import com.fasterxml.jackson.databind.JsonNode;

import io.podwire.protocol.CommandError;
import io.podwire.protocol.ErrorReason;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a schema cannot say of a message that keeps it: ranges of quantities and durations, names that
/// must differ, fields that exclude each other.
///
/// Confined to one message.
final class MeaningChecks {
    private static final int ANNOTATION_BYTES = 256 << 10;
    private static final String POD = "/data/pod";
    private static final String RESOURCES = POD + "/resources";

    private final JsonNode message;
    private final List<CommandError> found = new ArrayList<>();

    private MeaningChecks(JsonNode message) {
        this.message = message;
    }

    static Optional<CommandError> error(JsonNode message) {
        MeaningChecks checks = new MeaningChecks(message);
        checks.times();
        checks.logs();
        if (message.at(POD).isObject()) {
            checks.pod();
        }
        return checks.found.stream().findFirst();
    }

    private void times() {
        form("instant", "/expirytime");
        form("instant", "/data/sinceTime");
        form("duration", "/data/timeout");
        form("duration", "/data/await/timeout");
    }

    private void logs() {
        JsonNode data = message.path("data");
        if (data.has("sinceTime") && data.has("sinceSeconds")) {
            flaw(SCHEMA, "/data/sinceSeconds", "and sinceTime exclude each other");
        }
        if (data.has("container") && data.path("allContainers").booleanValue()) {
            flaw(SCHEMA, "/data/allContainers", "and container exclude each other");
        }
    }

    private void pod() {
        form("image", POD + "/image");
        form("duration", POD + "/activeDeadline");
        resources();
        unique(POD + "/env", "name");
        unique(POD + "/volumes", "name");
        unique(POD + "/volumes", "mountPath");
        volumes();
        tolerations();
        annotations();
    }

    private void resources() {
        form("cpu", RESOURCES + "/cpu");
        form("cpu", RESOURCES + "/requests/cpu");
        for (String name : List.of("memory", "ephemeralStorage")) {
            form("memory", RESOURCES + "/" + name);
            form("memory", RESOURCES + "/requests/" + name);
        }
        if (found.isEmpty()) {
            List.of("cpu", "memory", "ephemeralStorage").forEach(this::requestWithinLimit);
        }
    }

    private void requestWithinLimit(String name) {
        JsonNode limit = message.at(RESOURCES).path(name);
        String pointer = RESOURCES + "/requests/" + name;
        JsonNode request = message.at(pointer);
        if (limit.isMissingNode() || request.isMissingNode()) {
            return;
        }
        boolean cpu = "cpu".equals(name);
        String most = cpu ? Quantities.cpu(limit) : Quantities.memory(limit);
        String asked = cpu ? Quantities.cpu(request) : Quantities.memory(request);
        if (Quantities.amount(asked).compareTo(Quantities.amount(most)) > 0) {
            flaw(INVALID_RESOURCES, pointer, "must not be more than the limit");
        }
    }

    private void volumes() {
        JsonNode volumes = message.at(POD + "/volumes");
        for (int i = 0; i < volumes.size(); i++) {
            String pointer = POD + "/volumes/" + i;
            form("memory", pointer + "/emptyDir/sizeLimit");
            form("memory", pointer + "/shm/sizeLimit");
            staysInside(pointer + "/mountPath");
            staysInside(pointer + "/subPath");
        }
    }

    private void staysInside(String pointer) {
        List<String> steps = Arrays.asList(message.at(pointer).asText().split("/", -1));
        if (steps.contains("..")) {
            flaw(SCHEMA, pointer, "must not contain '..'");
        }
    }

    private void tolerations() {
        JsonNode tolerations = message.at(POD + "/tolerations");
        for (int i = 0; i < tolerations.size(); i++) {
            JsonNode toleration = tolerations.path(i);
            boolean exists = "Exists".equals(toleration.path("operator").asText());
            if (exists && !toleration.path("value").asText().isEmpty()) {
                flaw(SCHEMA, POD + "/tolerations/" + i + "/value", "must be empty with Exists");
            }
            if (!exists && !toleration.has("key")) {
                flaw(SCHEMA, POD + "/tolerations/" + i, "needs a key, or operator Exists");
            }
        }
    }

    private void annotations() {
        long bytes = 0;
        for (Map.Entry<String, JsonNode> entry : message.at(POD + "/annotations").properties()) {
            bytes += utf8(entry.getKey()) + utf8(entry.getValue().asText());
        }
        if (bytes > ANNOTATION_BYTES) {
            flaw(LIMIT_EXCEEDED, POD + "/annotations", "are more than 256 KiB in all");
        }
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private void unique(String list, String field) {
        JsonNode elements = message.at(list);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < elements.size(); i++) {
            if (!seen.add(elements.path(i).path(field).asText())) {
                flaw(SCHEMA, list + "/" + i + "/" + field, "is there more than once");
            }
        }
    }

    private void form(String form, String pointer) {
        JsonNode value = message.at(pointer);
        if (!value.isMissingNode()) {
            Forms.flaw(form, pointer, value).ifPresent(found::add);
        }
    }

    private void flaw(ErrorReason reason, String pointer, String text) {
        found.add(CommandError.at(reason, pointer, Fields.dotted(pointer) + " " + text));
    }
}
