package io.podwire.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.Optional;

/// One write to the store, with the object before and after it.
record Change(
        Type type, ObjectKey key, ObjectNode object, Optional<ObjectNode> before, long revision) {
    enum Type {
        ADDED,
        MODIFIED,
        DELETED
    }
}
