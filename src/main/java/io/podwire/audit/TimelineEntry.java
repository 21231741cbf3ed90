package io.podwire.audit;

import io.podwire.codec.JsonText;
import io.podwire.codec.ReadCommand;
import io.podwire.codec.ReadEvent;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.RecordRef;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/// What happened to a pod at one moment.
public sealed interface TimelineEntry {
    Instant time();

    /// A command was sent.
    record Sent(ReadCommand command) implements TimelineEntry {
        @Override
        public Instant time() {
            return command.sent();
        }
    }

    /// An answer, an acceptance, a transition or a gap was told.
    record Told(RecordRef at, Instant time, ReadEvent event) implements TimelineEntry {}

    /// Chunks of a log session that follow each other.
    ///
    /// @param command of the session
    /// @param last whether the container's log is complete with them
    record Logged(
            Instant time,
            Optional<CommandRef> command,
            String container,
            long firstChunk,
            long lastChunk,
            long lines,
            boolean last)
            implements TimelineEntry {}

    /// For scripts: a JSON object; an event stands in it as it was published.
    default String json() {
        byte[] json =
                JsonText.object(
                        line -> {
                            line.field("time", time().toString());
                            switch (this) {
                                case Sent(var command) ->
                                        line.object("sent", at -> sent(at, command));
                                case Told told ->
                                        line.record("record", told.at())
                                                .raw("event", told.event().json());
                                case Logged logged -> line.object("log", at -> logged(at, logged));
                            }
                        });
        return new String(json, StandardCharsets.UTF_8);
    }

    private static void sent(JsonText at, ReadCommand command) {
        at.field("type", command.type())
                .field("source", command.command().map(CommandRef::source))
                .field("id", command.command().map(CommandRef::id))
                .record("record", command.in());
    }

    private static void logged(JsonText at, Logged logged) {
        at.field("source", logged.command().map(CommandRef::source))
                .field("id", logged.command().map(CommandRef::id))
                .field("container", logged.container())
                .field("firstChunk", logged.firstChunk())
                .field("lastChunk", logged.lastChunk())
                .field("lines", logged.lines())
                .flag("last", logged.last());
    }
}
