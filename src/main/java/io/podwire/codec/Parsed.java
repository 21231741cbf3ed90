package io.podwire.codec;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.podwire.protocol.CommandError;

import java.util.Optional;

/// A JSON object, as far as it could be read, and what stopped the reading.
record Parsed(ObjectNode root, Optional<CommandError> error) {
    static Parsed whole(ObjectNode root) {
        return new Parsed(root, Optional.empty());
    }

    static Parsed broken(ObjectNode root, CommandError error) {
        return new Parsed(root, Optional.of(error));
    }
}
