package io.podwire.codec;

import io.podwire.protocol.CommandRef;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.RecordRef;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// An event as a reader sees it: what is needed to print it or to wait for it.
///
/// Open: fields and types that a later version adds are no error.
///
/// @param cause the command that it answers or follows from
/// @param in the record that caused it
/// @param json the whole message, for output as it is
public record ReadEvent(
        String id,
        String type,
        String source,
        Optional<String> subject,
        Optional<Instant> time,
        Optional<CommandRef> cause,
        Optional<String> correlationId,
        Optional<PodRef> pod,
        Optional<String> podUid,
        Optional<RecordRef> in,
        Body body,
        String json) {

    /// Whether it settles a command record.
    public boolean terminal() {
        return switch (body) {
            case Succeeded _, Failed _, Rejected _, Duplicate _ -> true;
            case Accepted _, Transition _, Chunk _, Gap _, Other _ -> false;
        };
    }

    public sealed interface Body {}

    public record Accepted(Optional<Status> status) implements Body {}

    /// The command was carried out.
    ///
    /// @param manifest the pod as JSON, where it was asked for
    /// @param ended why a log session ended
    public record Succeeded(
            String outcome,
            Optional<Status> status,
            Optional<String> manifest,
            Map<String, Long> counts,
            Optional<String> ended,
            Optional<String> warning)
            implements Body {
        public Succeeded {
            counts = Map.copyOf(counts);
        }
    }

    public record Failed(Problem error, Optional<Status> status) implements Body {}

    public record Rejected(Problem error) implements Body {}

    /// The command was taken in before.
    ///
    /// @param answer type of the event that answered the first; empty while it is still open
    public record Duplicate(Optional<RecordRef> first, Optional<String> answer) implements Body {}

    public record Transition(
            long seq,
            Optional<String> from,
            String to,
            Status status,
            String provenance,
            Optional<String> anomaly)
            implements Body {
        /// Whether it says that something is not known, see the schema.
        public boolean gap() {
            return provenance.equals("gap");
        }
    }

    /// Lines of a log.
    ///
    /// @param text what is not UTF-8 is replaced
    public record Chunk(String container, int restart, long number, String text, boolean last)
            implements Body {}

    public record Gap(String container, int restart, String reason) implements Body {}

    /// An event of a type that this version does not know.
    public record Other() implements Body {}

    /// A pod's state, in the words of the event.
    ///
    /// @param state of the contract's closed list; empty in transitions, which have `to`
    /// @param word what kubectl prints under STATUS
    /// @param exitCode of the first main container that has ended
    public record Status(
            Optional<String> state,
            String word,
            String phase,
            Optional<String> reason,
            Optional<String> message,
            OptionalInt exitCode,
            Optional<String> node) {}

    /// Why a command was answered in the negative.
    public record Problem(
            String code,
            String reason,
            String message,
            boolean retryable,
            Optional<String> pointer) {}
}
