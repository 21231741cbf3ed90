package io.podwire.http;

import io.podwire.audit.PodSink;
import io.podwire.protocol.PodRef;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// What the topics tell of a pod, whoever's partition it is in.
public interface History {
    /// Reads it from the topics; takes seconds, and is bounded in time.
    ///
    /// @param enough ends the reading early
    Reading read(PodRef pod, Since since, PodSink sink, BooleanSupplier enough);

    /// From when on.
    sealed interface Since {
        /// Since the pod's first command that is still known here; a day where it is not known here.
        record Known() implements Since {}

        record Ago(Duration duration) implements Since {}

        record Ever() implements Since {}
    }

    /// How it went.
    sealed interface Reading {
        /// Something was read.
        ///
        /// @param from nothing that was written before; empty: from the first on
        /// @param upTo where it had enough or time was up: nothing that was written then or later; empty: all
        record Read(Optional<Instant> from, Optional<Instant> upTo) implements Reading {}

        /// Nothing can be said now.
        ///
        /// @param why one sentence for the person who asked
        record Unavailable(String why) implements Reading {}
    }
}
