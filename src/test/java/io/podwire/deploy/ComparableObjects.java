package io.podwire.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.podwire.testkit.Manifests;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Objects without what a renderer adds of its own, by kind and name.
final class ComparableObjects {
    private static final String PROPERTIES = "podwire.properties";

    /// Labels that tell Helm's releases apart, and what it has for Kustomize's hash in a name.
    private static final Set<String> OF_HELM =
            Set.of(
                    "app.kubernetes.io/instance",
                    "app.kubernetes.io/managed-by",
                    "app.kubernetes.io/version",
                    "helm.sh/chart",
                    "checksum/settings");

    private static final String NAME_LABEL = "app.kubernetes.io/name";
    private static final Pattern HASHED = Pattern.compile("podwire-[a-z0-9]{10}");

    private ComparableObjects() {}

    static Map<String, JsonNode> of(List<JsonNode> objects) throws IOException {
        Map<String, JsonNode> all = new TreeMap<>();
        for (JsonNode object : objects) {
            ObjectNode plain = (ObjectNode) plain(object);
            ownLabels((ObjectNode) plain.path("metadata"));
            settings(plain);
            all.put(plain.path("kind").asText() + " " + Manifests.name(plain), plain);
        }
        return all;
    }

    private static JsonNode plain(JsonNode node) {
        var factory = JsonNodeFactory.instance;
        if (node.isObject()) {
            ObjectNode object = factory.objectNode();
            node.properties().stream()
                    .filter(field -> !OF_HELM.contains(field.getKey()) && !isOwnNamespace(field))
                    .forEach(field -> object.set(field.getKey(), plain(field.getValue())));
            return object;
        }
        if (node.isArray()) {
            var array = factory.arrayNode();
            node.forEach(element -> array.add(plain(element)));
            return array;
        }
        return node.isTextual() && HASHED.matcher(node.asText()).matches()
                ? factory.textNode(Renderers.RELEASE)
                : node;
    }

    /// Where an object is not told a namespace, it is that of the release.
    private static boolean isOwnNamespace(Map.Entry<String, JsonNode> field) {
        return field.getKey().equals("namespace")
                && field.getValue().asText().equals(Renderers.RELEASE);
    }

    /// The base labels pods alone, Helm everything.
    private static void ownLabels(ObjectNode metadata) {
        if (metadata.path("labels") instanceof ObjectNode labels) {
            labels.remove(NAME_LABEL);
            if (labels.isEmpty()) {
                metadata.remove("labels");
            }
        }
    }

    /// Comments and order do not count.
    private static void settings(ObjectNode object) throws IOException {
        if (object.path("data") instanceof ObjectNode data && data.has(PROPERTIES)) {
            Properties read = new Properties();
            read.load(new StringReader(data.path(PROPERTIES).asText()));
            ObjectNode settings = data.putObject(PROPERTIES);
            read.stringPropertyNames().stream()
                    .sorted()
                    .forEach(key -> settings.put(key, read.getProperty(key)));
        }
    }
}
