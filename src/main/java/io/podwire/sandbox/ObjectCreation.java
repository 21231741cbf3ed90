package io.podwire.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Takes new objects in: stamps them, and for pods fills in, validates and admits, in the order of a real server.
final class ObjectCreation {
    private final ObjectStore store;
    private final Quotas quotas;

    ObjectCreation(ObjectStore store, Quotas quotas) {
        this.store = store;
        this.quotas = quotas;
    }

    ObjectNode create(ResourcePath path, ObjectNode body) {
        ObjectNode object = prepared(path, body);
        ObjectKey key = ObjectKey.of(path.kind(), object);
        ObjectNode stored =
                store.atomically(
                        () -> {
                            admit(path.kind(), object);
                            checkFree(key);
                            return store.add(key, object);
                        });
        if (path.kind() == Kind.NAMESPACE) {
            furnish(key.name());
        }
        return stored;
    }

    /// Everything that a create does, except that nothing is stored (`dryRun=All`).
    ObjectNode rehearse(ResourcePath path, ObjectNode body) {
        ObjectNode object = prepared(path, body);
        return store.atomically(
                () -> {
                    admit(path.kind(), object);
                    checkFree(ObjectKey.of(path.kind(), object));
                    return object;
                });
    }

    private ObjectNode prepared(ResourcePath path, ObjectNode body) {
        Kind kind = path.kind();
        ObjectNode object = body.deepCopy();
        checkType(kind, object);
        object.put("kind", kind.singular()).put("apiVersion", "v1");
        ObjectNode metadata = Json.child(object, "metadata");
        if (kind.namespaced()) {
            checkNamespace(path, metadata);
        }
        String prefix = Json.text(metadata, "generateName");
        if (Json.text(metadata, "name").isEmpty() && !prefix.isEmpty()) {
            metadata.put("name", prefix + UUID.randomUUID().toString().substring(0, 5));
        }
        metadata.put("uid", UUID.randomUUID().toString())
                .put("creationTimestamp", Pods.time(Instant.now()));
        metadata.remove(
                List.of("resourceVersion", "deletionTimestamp", "deletionGracePeriodSeconds"));
        complete(kind, object);
        return object;
    }

    private static void checkType(Kind kind, JsonNode object) {
        String sent = Json.text(object, "kind");
        if (!sent.isEmpty() && !sent.equals(kind.singular())) {
            throw ApiFailure.badRequest(
                    "%s in version \"v1\" cannot be handled as a %s: converting (v1.%s) to (core.%s): unknown conversion"
                            .formatted(sent, kind.singular(), sent, kind.singular()));
        }
    }

    private static void checkNamespace(ResourcePath path, ObjectNode metadata) {
        String sent = Json.text(metadata, "namespace");
        if (!sent.isEmpty() && !sent.equals(path.namespace())) {
            throw ApiFailure.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the"
                            + " request");
        }
        metadata.put("namespace", path.namespace());
    }

    private static void complete(Kind kind, ObjectNode object) {
        switch (kind) {
            case POD -> {
                checkQuantities(object);
                Json.child(object, "metadata").put("generation", 1);
                PodDefaults.apply(object);
            }
            case NAMESPACE -> {
                ObjectNode metadata = Json.child(object, "metadata");
                Json.child(metadata, "labels")
                        .put("kubernetes.io/metadata.name", Json.text(metadata, "name"));
                Json.child(object, "spec").putArray("finalizers").add("kubernetes");
                object.putObject("status").put("phase", "Active");
            }
            case SECRET -> encode(object);
            case VOLUME_CLAIM -> object.putObject("status").put("phase", "Bound");
            case CONFIG_MAP, QUOTA, SERVICE_ACCOUNT, EVENT, NODE -> {}
        }
    }

    /// `stringData` is written as `data`.
    private static void encode(ObjectNode secret) {
        Json.fallback(secret, "type", "Opaque");
        if (secret.remove("stringData") instanceof ObjectNode plain) {
            ObjectNode data = Json.child(secret, "data");
            plain.properties()
                    .forEach(
                            entry ->
                                    data.put(
                                            entry.getKey(),
                                            java.util.Base64.getEncoder()
                                                    .encodeToString(
                                                            entry.getValue()
                                                                    .asText()
                                                                    .getBytes(
                                                                            java.nio.charset
                                                                                    .StandardCharsets
                                                                                    .UTF_8))));
        }
    }

    private static void checkQuantities(JsonNode pod) {
        try {
            Pods.resources(pod, "requests");
            Pods.resources(pod, "limits");
        } catch (IllegalArgumentException e) {
            throw ApiFailure.badRequest(
                    "Pod in version \"v1\" cannot be handled as a Pod: " + e.getMessage());
        }
    }

    private void admit(Kind kind, ObjectNode object) {
        String name = Json.text(object, "metadata", "name");
        Optional<ObjectNode> namespace = Optional.empty();
        if (kind.namespaced()) {
            namespace = Optional.of(liveNamespace(kind, name, object));
        }
        if (kind == Kind.POD) {
            checkServiceAccount(name, object);
        }
        List<FieldError> errors = kind == Kind.POD ? PodValidation.errors(object) : named(object);
        if (!errors.isEmpty()) {
            throw ApiFailure.invalid(kind, name, errors);
        }
        if (kind == Kind.POD) {
            namespace
                    .flatMap(within -> PodSecurity.violation(object, within))
                    .ifPresent(
                            why -> {
                                throw ApiFailure.forbidden(Kind.POD, name, why);
                            });
            quotas.admit(object);
        }
    }

    private ObjectNode liveNamespace(Kind kind, String name, JsonNode object) {
        String namespace = Json.text(object, "metadata", "namespace");
        ObjectNode found =
                store.find(new ObjectKey(Kind.NAMESPACE, "", namespace))
                        .orElseThrow(() -> ApiFailure.notFound(Kind.NAMESPACE, namespace));
        if (Pods.deleting(found)) {
            throw ApiFailure.namespaceTerminating(kind, name, namespace);
        }
        return found;
    }

    private void checkServiceAccount(String name, JsonNode pod) {
        String namespace = Json.text(pod, "metadata", "namespace");
        String account = Json.text(pod, "spec", "serviceAccountName");
        if (store.find(new ObjectKey(Kind.SERVICE_ACCOUNT, namespace, account)).isEmpty()) {
            throw ApiFailure.forbidden(
                    Kind.POD,
                    name,
                    "error looking up service account %s/%s: serviceaccount \"%s\" not found"
                            .formatted(namespace, account, account));
        }
    }

    private static List<FieldError> named(JsonNode object) {
        String name = Json.text(object, "metadata", "name");
        List<FieldError> errors = new ArrayList<>();
        if (name.isEmpty()) {
            errors.add(FieldError.required("metadata.name", "name or generateName is required"));
        } else {
            Names.subdomainFault(name)
                    .ifPresent(why -> errors.add(FieldError.invalid("metadata.name", name, why)));
        }
        return errors;
    }

    private void checkFree(ObjectKey key) {
        store.find(key)
                .ifPresent(
                        existing -> {
                            String prefix =
                                    Pods.deleting(existing) ? "object is being deleted: " : "";
                            throw ApiFailure.alreadyExists(key.kind(), key.name(), prefix);
                        });
    }

    /// Every namespace has its default service account.
    void furnish(String namespace) {
        ObjectNode account = Json.object();
        account.putObject("metadata").put("name", "default");
        create(new ResourcePath(Kind.SERVICE_ACCOUNT, namespace, "", ""), account);
    }
}
