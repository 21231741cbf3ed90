package io.podwire.protocol;

import java.util.Objects;

/// Which pod: its namespace and name, which is also the record key of everything about it.
public record PodRef(String namespace, String name) implements Comparable<PodRef> {
    public PodRef {
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(name, "name");
    }

    /// `namespace/name`, the documented record key and the CloudEvents subject.
    public String key() {
        return namespace + "/" + name;
    }

    @Override
    public int compareTo(PodRef other) {
        return key().compareTo(other.key());
    }

    @Override
    public String toString() {
        return key();
    }
}
