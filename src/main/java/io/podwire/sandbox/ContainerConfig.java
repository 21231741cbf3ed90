package io.podwire.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a container is started with: its environment and its command line.
final class ContainerConfig {
    /// Something that the container refers to is not there (`CreateContainerConfigError`).
    static final class Missing extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Missing(String message) {
            super(message);
        }
    }

    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\$|\\$\\(([-A-Za-z_.][-A-Za-z0-9_.]*)\\)");
    private static final Pattern SUBSCRIPT =
            Pattern.compile("metadata\\.(labels|annotations)\\['(.*)'\\]");

    private final ObjectStore store;
    private final JsonNode pod;
    private final JsonNode container;
    private final String podIp;

    ContainerConfig(ObjectStore store, JsonNode pod, JsonNode container, String podIp) {
        this.store = store;
        this.pod = pod;
        this.container = container;
        this.podIp = podIp;
    }

    /// Fails with [Missing].
    Map<String, String> environment(List<String> gpus) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        environment.put("HOSTNAME", Json.text(pod, "metadata", "name"));
        environment.put("HOME", "/root");
        environment.put("KUBERNETES_SERVICE_HOST", "10.96.0.1");
        environment.put("KUBERNETES_SERVICE_PORT", "443");
        if (!gpus.isEmpty()) {
            environment.put("NVIDIA_VISIBLE_DEVICES", String.join(",", gpus));
        }
        container.path("envFrom").forEach(source -> putAll(environment, source));
        for (JsonNode variable : container.path("env")) {
            String name = Json.text(variable, "name");
            if (variable.has("valueFrom")) {
                referred(variable.path("valueFrom"))
                        .ifPresent(value -> environment.put(name, value));
            } else {
                environment.put(name, expand(Json.text(variable, "value"), environment));
            }
        }
        return environment;
    }

    /// `command` and `args` with `$(NAME)` replaced; empty if the image's own command is to run.
    List<String> argv(Map<String, String> environment) {
        List<String> argv = new ArrayList<>();
        container.path("command").forEach(word -> argv.add(expand(word.asText(), environment)));
        container.path("args").forEach(word -> argv.add(expand(word.asText(), environment)));
        return argv;
    }

    static String expand(String text, Map<String, String> environment) {
        Matcher matcher = REFERENCE.matcher(text);
        var expanded = new StringBuilder();
        while (matcher.find()) {
            String value =
                    matcher.group(1) == null
                            ? "$"
                            : environment.getOrDefault(matcher.group(1), matcher.group());
            matcher.appendReplacement(expanded, Matcher.quoteReplacement(value));
        }
        matcher.appendTail(expanded);
        return expanded.toString();
    }

    private void putAll(Map<String, String> environment, JsonNode source) {
        String prefix = Json.text(source, "prefix");
        boolean secret = source.has("secretRef");
        JsonNode reference = secret ? source.path("secretRef") : source.path("configMapRef");
        find(secret ? Kind.SECRET : Kind.CONFIG_MAP, reference)
                .ifPresent(
                        object ->
                                object.path("data")
                                        .properties()
                                        .forEach(
                                                entry ->
                                                        environment.put(
                                                                prefix + entry.getKey(),
                                                                plain(secret, entry.getValue()))));
    }

    private Optional<ObjectNode> find(Kind kind, JsonNode reference) {
        String name = Json.text(reference, "name");
        Optional<ObjectNode> found =
                store.find(new ObjectKey(kind, Json.text(pod, "metadata", "namespace"), name));
        if (found.isEmpty() && !reference.path("optional").asBoolean()) {
            String singular = kind == Kind.SECRET ? "secret" : "configmap";
            throw new Missing("%s \"%s\" not found".formatted(singular, name));
        }
        return found;
    }

    private static String plain(boolean secret, JsonNode value) {
        return secret
                ? new String(Base64.getDecoder().decode(value.asText()), StandardCharsets.UTF_8)
                : value.asText();
    }

    private Optional<String> referred(JsonNode source) {
        if (source.has("fieldRef")) {
            return Optional.of(field(Json.text(source, "fieldRef", "fieldPath")));
        }
        if (source.has("resourceFieldRef")) {
            return Optional.of(resource(Json.text(source, "resourceFieldRef", "resource")));
        }
        boolean secret = source.has("secretKeyRef");
        Kind kind = secret ? Kind.SECRET : Kind.CONFIG_MAP;
        JsonNode reference = secret ? source.path("secretKeyRef") : source.path("configMapKeyRef");
        String key = Json.text(reference, "key");
        Optional<JsonNode> value =
                find(kind, reference)
                        .map(object -> object.path("data").path(key))
                        .filter(JsonNode::isTextual);
        if (value.isEmpty() && !reference.path("optional").asBoolean()) {
            throw new Missing(
                    "couldn't find key %s in %s %s/%s"
                            .formatted(
                                    key,
                                    kind.singular(),
                                    Json.text(pod, "metadata", "namespace"),
                                    Json.text(reference, "name")));
        }
        return value.map(found -> plain(secret, found));
    }

    String field(String path) {
        Matcher subscript = SUBSCRIPT.matcher(path);
        if (subscript.matches()) {
            return Json.text(pod, "metadata", subscript.group(1), subscript.group(2));
        }
        return switch (path) {
            case "status.podIP", "status.podIPs" -> podIp;
            case "status.hostIP", "status.hostIPs" -> "10.0.0.1";
            case "metadata.labels", "metadata.annotations" -> pairs(path);
            default -> Json.text(pod, path.split("\\.", -1));
        };
    }

    private String pairs(String path) {
        return String.join(
                "\n",
                Json.at(pod, path.split("\\.", -1)).properties().stream()
                        .map(entry -> entry.getKey() + "=\"" + entry.getValue().asText() + "\"")
                        .toList());
    }

    private String resource(String path) {
        String[] parts = path.split("\\.", 2);
        String amount = Json.text(container, "resources", parts[0], parts[1]);
        BigDecimal value = amount.isEmpty() ? BigDecimal.ZERO : Quantities.parse(amount);
        return value.setScale(0, RoundingMode.CEILING).toPlainString();
    }
}
