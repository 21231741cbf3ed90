package io.podwire.audit;

import io.podwire.audit.TimelineEntry.Logged;
import io.podwire.audit.TimelineEntry.Sent;
import io.podwire.audit.TimelineEntry.Told;
import io.podwire.codec.CommandGlance;
import io.podwire.codec.EventDecoder;
import io.podwire.codec.ReadCommand;
import io.podwire.codec.ReadEvent;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.RecordRef;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What was known of one pod at a time: its commands, what was told of it, its log sessions.
///
/// Holds the records of that pod. Confined to one thread.
public final class Timeline implements RecordSink {
    /// What an entry without an event takes, roughly.
    private static final int SMALL_CHARS = 200;

    private final EventDecoder decoder = new EventDecoder();
    private final CommandGlance glance;
    private final PodRef pod;
    private final Optional<Instant> at;
    private final List<ReadCommand> commands = new ArrayList<>();
    private final List<TimelineEntry> told = new ArrayList<>();
    private long heldChars;

    /// @param namespace of commands that name none
    /// @param at leaves out what was sent or observed later; empty leaves out nothing
    public Timeline(String namespace, PodRef pod, Optional<Instant> at) {
        this.glance = new CommandGlance(namespace);
        this.pod = pod;
        this.at = at;
    }

    @Override
    public void command(Delivery record) {
        ReadCommand command = glance.read(record);
        if (command.pod().filter(pod::equals).isPresent() && known(command.sent())) {
            commands.add(command);
            heldChars += SMALL_CHARS;
        }
    }

    @Override
    public void event(Delivery record) {
        record.value()
                .flatMap(decoder::decode)
                .filter(event -> event.subject().filter(pod.key()::equals).isPresent())
                .map(event -> new SeenEvent(record.ref(), record.timestamp(), event))
                .filter(event -> known(event.time()))
                .ifPresent(this::add);
    }

    private boolean known(Instant time) {
        return at.filter(time::isAfter).isEmpty();
    }

    private void add(SeenEvent event) {
        if (event.event().body() instanceof ReadEvent.Chunk chunk) {
            addChunk(event, chunk);
        } else {
            told.add(new Told(event.at(), event.time(), event.event()));
            heldChars += event.event().json().length();
        }
    }

    private void addChunk(SeenEvent event, ReadEvent.Chunk chunk) {
        Logged one =
                new Logged(
                        event.time(),
                        event.event().cause(),
                        chunk.container(),
                        chunk.number(),
                        chunk.number(),
                        chunk.text().lines().count(),
                        chunk.last());
        if (!told.isEmpty() && told.getLast() instanceof Logged before && joins(before, one)) {
            told.set(
                    told.size() - 1,
                    new Logged(
                            before.time(),
                            before.command(),
                            before.container(),
                            before.firstChunk(),
                            one.lastChunk(),
                            before.lines() + one.lines(),
                            one.last()));
        } else {
            told.add(one);
            heldChars += SMALL_CHARS;
        }
    }

    private static boolean joins(Logged before, Logged next) {
        return before.command().equals(next.command())
                && before.container().equals(next.container())
                && before.lastChunk() + 1 == next.firstChunk();
    }

    /// How much text the entries hold, roughly: for those who keep it bounded.
    public long heldChars() {
        return heldChars;
    }

    /// All that was known, each command before what it caused.
    public List<TimelineEntry> entries() {
        Deque<ReadCommand> unsaid = new ArrayDeque<>(commands);
        List<TimelineEntry> all = new ArrayList<>();
        for (TimelineEntry entry : told) {
            while (!unsaid.isEmpty() && before(unsaid.getFirst(), entry)) {
                all.add(new Sent(unsaid.removeFirst()));
            }
            all.add(entry);
        }
        unsaid.forEach(command -> all.add(new Sent(command)));
        return all;
    }

    private static boolean before(ReadCommand command, TimelineEntry entry) {
        boolean cause =
                entry instanceof Told(_, _, var event)
                        && event.in().filter(in -> reaches(in, command.in())).isPresent();
        return cause || !command.sent().isAfter(entry.time());
    }

    private static boolean reaches(RecordRef in, RecordRef command) {
        return in.partition() == command.partition() && in.offset() >= command.offset();
    }

    /// The newest transition; empty where none was told.
    public Optional<ReadEvent> newest() {
        return told.stream()
                .filter(Told.class::isInstance)
                .map(entry -> ((Told) entry).event())
                .filter(event -> event.body() instanceof ReadEvent.Transition)
                .reduce((_, later) -> later);
    }

    /// The commands that had no answer, in their order.
    public List<CommandRef> open() {
        Map<RecordRef, CommandRef> open = new LinkedHashMap<>();
        commands.forEach(c -> c.command().ifPresent(ref -> open.put(c.in(), ref)));
        for (TimelineEntry entry : told) {
            if (entry instanceof Told(_, _, var event) && event.terminal()) {
                event.in().ifPresent(open::remove);
            }
        }
        return List.copyOf(open.values());
    }

    @Override
    public OptionalInt lacking() {
        return OptionalInt.empty();
    }

    @Override
    public void commandsEnded(int partition) {}

    @Override
    public void state(Delivery record) {}

    @Override
    public void laterEvent(Delivery record) {}

    @Override
    public void laterState(Delivery record) {}
}
