package io.podwire.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds what a real API server would refuse in a pod with 422.
///
/// Not everything: names, labels, containers, resources, mounts and the fields that people get wrong.
final class PodValidation {
    private static final Set<String> RESTART_POLICIES = Set.of("Always", "OnFailure", "Never");

    private final List<FieldError> errors = new ArrayList<>();
    private final Set<String> containerNames = new HashSet<>();

    private PodValidation() {}

    static List<FieldError> errors(JsonNode pod) {
        var validation = new PodValidation();
        validation.metadata(pod.path("metadata"));
        validation.spec(pod.path("spec"));
        return validation.errors;
    }

    private void metadata(JsonNode metadata) {
        String name = Json.text(metadata, "name");
        if (name.isEmpty()) {
            errors.add(FieldError.required("metadata.name", "name or generateName is required"));
        } else {
            Names.subdomainFault(name)
                    .ifPresent(why -> errors.add(FieldError.invalid("metadata.name", name, why)));
        }
        metadata.path("labels")
                .properties()
                .forEach(label -> label(label.getKey(), label.getValue()));
    }

    private void label(String key, JsonNode value) {
        Names.labelKeyFault(key)
                .ifPresent(why -> errors.add(FieldError.invalid("metadata.labels", key, why)));
        Names.labelValueFault(value.asText())
                .ifPresent(
                        why ->
                                errors.add(
                                        FieldError.invalid(
                                                "metadata.labels", value.asText(), why)));
    }

    private void spec(JsonNode spec) {
        Set<String> volumes =
                Json.each(spec.path("volumes"))
                        .map(volume -> Json.text(volume, "name"))
                        .collect(Collectors.toSet());
        if (spec.path("containers").isEmpty()) {
            errors.add(FieldError.required("spec.containers", ""));
        }
        for (String list : List.of("containers", "initContainers")) {
            int index = 0;
            for (JsonNode container : spec.path(list)) {
                container("spec.%s[%d]".formatted(list, index), container, volumes);
                index++;
            }
        }
        String restart = Json.text(spec, "restartPolicy");
        if (!RESTART_POLICIES.contains(restart)) {
            errors.add(
                    FieldError.notSupported(
                            "spec.restartPolicy", restart, "\"Always\", \"OnFailure\", \"Never\""));
        }
        positive(spec, "activeDeadlineSeconds");
    }

    private void positive(JsonNode spec, String name) {
        if (spec.hasNonNull(name) && spec.get(name).asLong() < 1) {
            errors.add(
                    FieldError.invalidNumber(
                            "spec." + name,
                            spec.get(name).asLong(),
                            "must be between 1 and 2147483647, inclusive"));
        }
    }

    private void container(String field, JsonNode container, Set<String> volumes) {
        String name = Json.text(container, "name");
        if (name.isEmpty()) {
            errors.add(FieldError.required(field + ".name", ""));
        } else {
            Names.labelFault(name)
                    .ifPresent(why -> errors.add(FieldError.invalid(field + ".name", name, why)));
        }
        if (!name.isEmpty() && !containerNames.add(name)) {
            errors.add(FieldError.duplicate(field + ".name", name));
        }
        if (Json.text(container, "image").isEmpty()) {
            errors.add(FieldError.required(field + ".image", ""));
        }
        mounts(field, container, volumes);
        resources(field + ".resources", container.path("resources"));
    }

    private void mounts(String field, JsonNode container, Set<String> volumes) {
        int index = 0;
        for (JsonNode mount : container.path("volumeMounts")) {
            String at = "%s.volumeMounts[%d]".formatted(field, index);
            String volume = Json.text(mount, "name");
            if (!volumes.contains(volume)) {
                errors.add(FieldError.notFound(at + ".name", volume));
            }
            if (Json.text(mount, "mountPath").isEmpty()) {
                errors.add(FieldError.required(at + ".mountPath", ""));
            }
            index++;
        }
    }

    private void resources(String field, JsonNode resources) {
        JsonNode limits = resources.path("limits");
        for (var request : resources.path("requests").properties()) {
            String name = request.getKey();
            String at = field + ".requests";
            BigDecimal amount = Quantities.parse(request.getValue().asText());
            if (!limits.has(name)) {
                if (name.contains("/")) {
                    errors.add(
                            FieldError.required(
                                    field + ".limits",
                                    "Limit must be set for non overcommitable resources"));
                }
                continue;
            }
            String limit = limits.get(name).asText();
            if (name.contains("/") && amount.compareTo(Quantities.parse(limit)) != 0) {
                errors.add(
                        FieldError.invalid(
                                at,
                                request.getValue().asText(),
                                "must be equal to %s limit of %s".formatted(name, limit)));
            } else if (amount.compareTo(Quantities.parse(limit)) > 0) {
                errors.add(
                        FieldError.invalid(
                                at,
                                request.getValue().asText(),
                                "must be less than or equal to %s limit of %s"
                                        .formatted(name, limit)));
            }
        }
        wholeNumbers(field + ".limits", limits);
    }

    private void wholeNumbers(String field, JsonNode limits) {
        for (var limit : limits.properties()) {
            BigDecimal amount = Quantities.parse(limit.getValue().asText());
            if (limit.getKey().contains("/") && amount.stripTrailingZeros().scale() > 0) {
                errors.add(
                        FieldError.invalid(
                                field + "." + limit.getKey(),
                                limit.getValue().asText(),
                                "must be an integer"));
            }
        }
    }
}
