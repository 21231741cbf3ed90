package io.podwire.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;

/// Where the objects of a cluster are kept beyond the process.
interface Journal extends AutoCloseable {
    /// What was kept by an earlier process: objects of the form `{"kind": …, "object": …}`.
    List<ObjectNode> restored();

    long restoredRevision();

    /// Keeps one change; `objects` are all objects after it, for a compaction.
    void write(Change change, Map<ObjectKey, ObjectNode> objects);

    @Override
    void close();

    /// Keeps nothing.
    static Journal none() {
        return new Journal() {
            @Override
            public List<ObjectNode> restored() {
                return List.of();
            }

            @Override
            public long restoredRevision() {
                return 0;
            }

            @Override
            public void write(Change change, Map<ObjectKey, ObjectNode> objects) {}

            @Override
            public void close() {}
        };
    }
}
