package io.podwire.audit;

import io.podwire.codec.EventDecoder;
import io.podwire.codec.ReadEvent;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.PodRef;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The log of one pod as its log sessions published it.
///
/// Holds the newest text up to a bound. Confined to one thread.
public final class PodLog implements PodSink {
    private final EventDecoder decoder = new EventDecoder();
    private final PodRef pod;
    private final Optional<String> only;
    private final long mostChars;
    private final Map<CommandRef, Lines> sessions = new LinkedHashMap<>();

    /// The sessions whose parts are held, one for each part, the oldest part first.
    private final Deque<Lines> order = new ArrayDeque<>();

    private long heldChars;

    /// @param only the id of the command whose text is wanted; empty: of all
    /// @param mostChars beyond that the oldest parts are dropped
    public PodLog(PodRef pod, Optional<String> only, long mostChars) {
        this.pod = pod;
        this.only = only;
        this.mostChars = mostChars;
    }

    /// Commands have no lines.
    @Override
    public void command(Delivery record) {}

    @Override
    public void event(Delivery record) {
        record.value()
                .flatMap(decoder::decode)
                .filter(event -> event.subject().filter(pod.key()::equals).isPresent())
                .ifPresent(this::add);
    }

    private void add(ReadEvent event) {
        Instant time = event.time().orElse(Instant.EPOCH);
        event.cause()
                .ifPresent(
                        command -> {
                            switch (event.body()) {
                                case ReadEvent.Chunk chunk -> add(command, time, chunk);
                                case ReadEvent.Gap gap ->
                                        add(
                                                command,
                                                new Missing(time, gap.container(), gap.reason()));
                                case ReadEvent.Accepted _,
                                        ReadEvent.Succeeded _,
                                        ReadEvent.Failed _,
                                        ReadEvent.Rejected _,
                                        ReadEvent.Duplicate _,
                                        ReadEvent.Transition _,
                                        ReadEvent.Other _ -> {}
                            }
                        });
    }

    private void add(CommandRef command, Instant time, ReadEvent.Chunk chunk) {
        Lines lines = lines(command);
        if (chunk.number() > lines.next) {
            add(command, new Missing(time, chunk.container(), "unread"));
        }
        lines.next = chunk.number() + 1;
        add(command, Text.of(time, chunk));
    }

    private void add(CommandRef command, Part part) {
        Lines lines = lines(command);
        if (only.filter(id -> !id.equals(command.id())).isPresent()) {
            return;
        }
        lines.parts.add(part);
        order.add(lines);
        heldChars += part.chars();
        while (heldChars > mostChars && order.size() > 1) {
            Lines oldest = order.remove();
            heldChars -= oldest.parts.remove().chars();
            oldest.cut = true;
        }
    }

    private Lines lines(CommandRef command) {
        return sessions.computeIfAbsent(command, _ -> new Lines());
    }

    /// All sessions, in the order in which they began.
    public List<Session> sessions() {
        List<Session> all = new ArrayList<>();
        sessions.forEach(
                (command, lines) ->
                        all.add(new Session(command, List.copyOf(lines.parts), lines.cut)));
        return all;
    }

    /// One session while it is read.
    private static final class Lines {
        final Deque<Part> parts = new ArrayDeque<>();
        long next;
        boolean cut;
    }

    /// What one command has read of the log.
    ///
    /// @param cut whether older parts were dropped
    public record Session(CommandRef command, List<Part> parts, boolean cut) {}

    /// Lines, or their absence.
    public sealed interface Part {
        Instant time();

        String container();

        /// What it takes, roughly.
        default long chars() {
            return switch (this) {
                case Text text -> 100 + text.text().length();
                case Missing _ -> 100;
            };
        }
    }

    /// Lines of one container.
    ///
    /// @param chunk its number in the session
    public record Text(Instant time, String container, int restart, long chunk, String text)
            implements Part {
        static Text of(Instant time, ReadEvent.Chunk from) {
            return new Text(time, from.container(), from.restart(), from.number(), from.text());
        }
    }

    /// A place where lines are or may be missing.
    ///
    /// @param reason of the gap event; `unread` where chunks are not in what was read
    public record Missing(Instant time, String container, String reason) implements Part {}
}
