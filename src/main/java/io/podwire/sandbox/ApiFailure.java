package io.podwire.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;

/// An answer of the API server other than success, with the `Status` body that a real one sends.
final class ApiFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final transient ObjectNode status;

    private ApiFailure(int code, String reason, String message, ObjectNode details) {
        super(message);
        this.code = code;
        this.status = status(code, reason, message, details);
    }

    static ApiFailure notFound(Kind kind, String name) {
        return new ApiFailure(
                404,
                "NotFound",
                "%s \"%s\" not found".formatted(kind.plural(), name),
                details(kind.plural(), name));
    }

    static ApiFailure noSuchPath() {
        return new ApiFailure(
                404, "NotFound", "the server could not find the requested resource", Json.object());
    }

    static ApiFailure alreadyExists(Kind kind, String name, String prefix) {
        return new ApiFailure(
                409,
                "AlreadyExists",
                "%s%s \"%s\" already exists".formatted(prefix, kind.plural(), name),
                details(kind.plural(), name));
    }

    static ApiFailure conflict(Kind kind, String name, String why) {
        return new ApiFailure(
                409,
                "Conflict",
                "Operation cannot be fulfilled on %s \"%s\": %s"
                        .formatted(kind.plural(), name, why),
                details(kind.plural(), name));
    }

    static ApiFailure preconditionFailed(Kind kind, String name, String why) {
        return new ApiFailure(
                409,
                "Conflict",
                "Operation cannot be fulfilled on %s \"%s\": %s"
                        .formatted(kind.singular(), name, why),
                details(kind.singular(), name));
    }

    static ApiFailure forbidden(Kind kind, String name, String why) {
        return new ApiFailure(
                403,
                "Forbidden",
                "%s \"%s\" is forbidden: %s".formatted(kind.plural(), name, why),
                details(kind.plural(), name));
    }

    static ApiFailure namespaceTerminating(Kind kind, String name, String namespace) {
        ObjectNode details = details(kind.plural(), name);
        String why = "namespace %s is being terminated".formatted(namespace);
        details.putArray("causes")
                .addObject()
                .put("reason", "NamespaceTerminating")
                .put("message", why)
                .put("field", "metadata.namespace");
        String message =
                "%s \"%s\" is forbidden: unable to create new content in namespace %s because it is being terminated"
                        .formatted(kind.plural(), name, namespace);
        return new ApiFailure(403, "Forbidden", message, details);
    }

    static ApiFailure invalid(Kind kind, String name, List<FieldError> errors) {
        ObjectNode details = details(kind.singular(), name);
        var causes = details.putArray("causes");
        errors.forEach(error -> causes.add(error.cause()));
        List<String> lines = errors.stream().map(FieldError::toString).distinct().toList();
        String all = lines.size() == 1 ? lines.getFirst() : "[" + String.join(", ", lines) + "]";
        return new ApiFailure(
                422,
                "Invalid",
                "%s \"%s\" is invalid: %s".formatted(kind.singular(), name, all),
                details);
    }

    static ApiFailure badRequest(String message) {
        return new ApiFailure(400, "BadRequest", message, Json.object());
    }

    static ApiFailure expired(String message) {
        return new ApiFailure(410, "Expired", message, Json.object());
    }

    static ApiFailure methodNotAllowed() {
        return new ApiFailure(
                405,
                "MethodNotAllowed",
                "the server does not allow this method on the requested resource",
                Json.object());
    }

    static ApiFailure unsupportedMediaType(String type) {
        return new ApiFailure(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include:"
                        + " application/merge-patch+json, application/strategic-merge-patch+json; got "
                        + type,
                Json.object());
    }

    int code() {
        return code;
    }

    ObjectNode status() {
        return status;
    }

    static ObjectNode status(int code, String reason, String message, ObjectNode details) {
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Failure").put("message", message).put("reason", reason);
        if (!details.isEmpty()) {
            status.set("details", details);
        }
        return status.put("code", code);
    }

    private static ObjectNode details(String kind, String name) {
        return Json.object().put("name", name).put("kind", kind);
    }
}
