package io.podwire.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// One thing wrong with an object, at one field.
record FieldError(String field, String reason, String message) {
    static FieldError required(String field, String detail) {
        String more = detail.isEmpty() ? "" : ": " + detail;
        return new FieldError(field, "FieldValueRequired", "Required value" + more);
    }

    static FieldError invalid(String field, String value, String detail) {
        return new FieldError(
                field, "FieldValueInvalid", "Invalid value: \"%s\": %s".formatted(value, detail));
    }

    static FieldError invalidNumber(String field, long value, String detail) {
        return new FieldError(
                field, "FieldValueInvalid", "Invalid value: %d: %s".formatted(value, detail));
    }

    static FieldError duplicate(String field, String value) {
        return new FieldError(
                field, "FieldValueDuplicate", "Duplicate value: \"%s\"".formatted(value));
    }

    static FieldError notFound(String field, String value) {
        return new FieldError(field, "FieldValueNotFound", "Not found: \"%s\"".formatted(value));
    }

    static FieldError notSupported(String field, String value, String supported) {
        return new FieldError(
                field,
                "FieldValueNotSupported",
                "Unsupported value: \"%s\": supported values: %s".formatted(value, supported));
    }

    ObjectNode cause() {
        return Json.object().put("reason", reason).put("message", message).put("field", field);
    }

    @Override
    public String toString() {
        return field + ": " + message;
    }
}
