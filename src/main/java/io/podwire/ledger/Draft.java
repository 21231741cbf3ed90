package io.podwire.ledger;

import io.podwire.protocol.CommandError;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.Event;
import io.podwire.protocol.Fact;
import io.podwire.protocol.IdPage;
import io.podwire.protocol.IdPages;
import io.podwire.protocol.Known;
import io.podwire.protocol.KnownIds;
import io.podwire.protocol.Life;
import io.podwire.protocol.Open;
import io.podwire.protocol.Origin;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodState;
import io.podwire.protocol.PodStatus;
import io.podwire.protocol.RecordRef;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One fold under way: the state as it changes, and the events so far. Confined to one call of the ledger.
final class Draft {
    /// Of an id beside its text, at most: in memory, and less in JSON.
    private static final int ID_BYTES = 400;

    private final PodState before;
    private final Map<CommandRef, Known> last;
    private final List<Open> open;
    private final List<Fact.OfPod> parked;
    private final List<Event> events = new ArrayList<>();
    private Instant at;
    private long settledOffset;
    private Optional<Life> life;
    private IdPages pages;

    Draft(PodState before, Instant at) {
        this.before = before;
        this.at = at;
        this.pages = before.known().pages();
        this.last = new HashMap<>(before.known().last());
        this.open = new ArrayList<>(before.open());
        this.parked = new ArrayList<>(before.parked());
        this.settledOffset = before.settledOffset();
        this.life = before.life();
    }

    Step finish() {
        KnownIds known = new KnownIds(pages, last);
        PodState next =
                new PodState(before.key(), before.pod(), settledOffset, life, known, open, parked);
        return new Step(next, events);
    }

    Instant at() {
        return at;
    }

    /// What is told from now on was observed then.
    void observedAt(Instant time) {
        at = time;
    }

    Optional<Life> life() {
        return life;
    }

    void live(Life now) {
        life = Optional.of(now);
    }

    List<Open> open() {
        return List.copyOf(open);
    }

    Optional<Open> open(CommandRef command) {
        return open.stream().filter(form -> form.command().equals(command)).findFirst();
    }

    List<Fact.OfPod> parked() {
        return parked;
    }

    Optional<Known> known(CommandRef command) {
        return Optional.ofNullable(last.get(command)).or(() -> pages.find(command));
    }

    /// Marks the record as settled; false where it was before.
    boolean settle(RecordRef in) {
        if (in.offset() <= settledOffset) {
            return false;
        }
        settledOffset = in.offset();
        return true;
    }

    void emit(Event event) {
        events.add(event);
    }

    /// Tells a terminal event and remembers the command with it.
    void answer(Origin origin, Event.Terminal event, Known.Keep keep) {
        events.add(event);
        remember(origin, Optional.of(event.verdict()), keep);
    }

    /// Tells that the command stays open, and keeps its open form.
    void accept(Open form, PodStatus status, Known.Keep keep) {
        Origin origin = form.origin();
        events.add(new Event.CommandAccepted(head(origin, EventIds.accepted(origin.in())), status));
        open.add(form);
        remember(origin, Optional.empty(), keep);
    }

    /// Ends an open command with its answer.
    void close(Open form, Event.Terminal event) {
        open.remove(form);
        events.add(event);
        last.computeIfPresent(form.command(), (_, first) -> first.answered(event.verdict()));
    }

    void replace(Open form, Open with) {
        open.set(open.indexOf(form), with);
    }

    /// The first to bring an id is remembered; a later one changes nothing of it.
    private void remember(Origin origin, Optional<Event.Verdict> answer, Known.Keep keep) {
        if (origin.command().isPresent() && origin.digest().isPresent()) {
            Known first = new Known(origin.in(), origin.digest().get(), answer, keep, at);
            if (known(origin.command().get()).isEmpty()) {
                last.put(origin.command().get(), first);
            }
        }
    }

    void forgetIdsBefore(Instant limit) {
        last.values().removeIf(id -> forgettable(id) && id.at().isBefore(limit));
        pages = pages.withoutOldest(pages.countBefore(limit));
    }

    /// Forgets what was answered longest ago until the rest fits: the pages first, which are older.
    void forgetIdsBeyond(int mostBytes) {
        while (pages.ids() > 0 && bytes() > mostBytes) {
            pages = pages.withoutOldest(1);
        }
        long bytes = bytes();
        if (bytes > mostBytes) {
            for (CommandRef each : answered()) {
                if (bytes > mostBytes) {
                    last.remove(each);
                    bytes -= bytes(1, each.characters());
                }
            }
        }
    }

    /// Makes a page of what will not change any more, where it fills one.
    void fillPage(int ids) {
        if (last.size() < ids) {
            return;
        }
        List<CommandRef> answered = answered();
        if (answered.size() >= ids) {
            Map<CommandRef, Known> full = new HashMap<>(last);
            full.keySet().retainAll(answered);
            last.keySet().removeAll(answered);
            pages = pages.plus(new IdPage(full));
        }
    }

    /// Of the last ids those that may be forgotten, the oldest first.
    private List<CommandRef> answered() {
        return last.entrySet().stream()
                .filter(each -> forgettable(each.getValue()))
                .sorted(Comparator.comparingLong(each -> each.getValue().in().offset()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Forgets everything, unless something asks for the state.
    void drop(long committed, LedgerSettings settings) {
        if (Retention.over(finish().next(), at, settings.idsWindow(), committed)) {
            settledOffset = PodState.NOTHING_SETTLED;
            life = Optional.empty();
            last.clear();
            pages = IdPages.NONE;
        }
    }

    private static boolean forgettable(Known id) {
        return id.keep() == Known.Keep.WINDOW && id.answer().isPresent();
    }

    /// Of all ids; at most so many in JSON.
    private long bytes() {
        long characters = pages.characters();
        for (CommandRef each : last.keySet()) {
            characters += each.characters();
        }
        return bytes(pages.ids() + last.size(), characters);
    }

    private static long bytes(int ids, long characters) {
        return (long) ID_BYTES * ids + 3 * characters;
    }

    Event.Head answerHead(Origin origin) {
        return head(origin, EventIds.answer(origin.in()));
    }

    Event.Head head(Origin origin, String id) {
        return new Event.Head(
                id,
                before.pod().map(PodRef::key).or(origin::key),
                before.pod(),
                at,
                origin.command(),
                origin.correlationId(),
                origin.trace(),
                Optional.of(origin.in()));
    }

    Event.Terminal failure(Origin origin, CommandError error, Optional<PodStatus> status) {
        return error.code().rejects()
                ? new Event.CommandRejected(answerHead(origin), error)
                : new Event.CommandFailed(answerHead(origin), error, status);
    }
}
