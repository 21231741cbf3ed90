package io.podwire.codec;

import io.podwire.protocol.IdPage;
import io.podwire.protocol.IdPages;
import io.podwire.protocol.PageKey;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Pages of ids as values of the state topic, under a reserved key: `{"version": 2, "worker": {"previous": 70, "ids": […]}}`.
///
/// The state names the oldest and the newest, and each page the one before it: however many there are, a state stays as small as
/// it is. Thread-safe.
public final class PageCodec {
    /// A page as a value.
    ///
    /// @param previous the page that was there before, if any
    public byte[] encode(IdPage page, Optional<IdPage> previous) {
        return JsonText.object(
                text -> {
                    text.field("version", StateCodec.VERSION);
                    text.object(
                            "worker",
                            memory -> {
                                memory.number("previous", previous.map(IdPage::number));
                                StateText.ids(memory, page.ids());
                            });
                });
    }

    /// All pages of a state.
    ///
    /// @throws StateCodec.UnreadableState where one is missing, or none of ours
    IdPages decode(String state, Range range, Values values) {
        Deque<IdPage> found = new ArrayDeque<>();
        Read last = read(new PageKey(state, range.newest()), values);
        found.addFirst(last.page());
        while (last.page().number() != range.oldest()) {
            last = read(last.before(), values);
            found.addFirst(last.page());
        }
        return IdPages.of(List.copyOf(found));
    }

    private static Read read(PageKey key, Values values) {
        byte[] value = values.find(key.text()).orElseThrow(() -> unreadable(key, " is missing"));
        try {
            Written written = StateCodec.JSON.readValue(value, Written.class);
            if (written.version() != StateCodec.VERSION) {
                throw unreadable(key, " is of version " + written.version());
            }
            IdPage page = new IdPage(StateCodec.Id.byCommand(written.worker().ids()));
            if (page.number() != key.number()) {
                throw unreadable(key, " holds page " + page.number());
            }
            return new Read(key, page, written.worker().previous());
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(key, ": " + e.getMessage());
        }
    }

    private static StateCodec.UnreadableState unreadable(PageKey key, String why) {
        return new StateCodec.UnreadableState(key.state(), "its page " + key.text() + why);
    }

    /// A page as the topic has it.
    private record Read(PageKey key, IdPage page, Optional<Long> previous) {
        PageKey before() {
            return previous.map(number -> new PageKey(key.state(), number))
                    .orElseThrow(() -> unreadable(key, " names none before it"));
        }
    }

    /// Values of the topic by their key.
    public interface Values {
        /// The newest value, unless it is a tombstone.
        Optional<byte[]> find(String key);
    }

    /// Which pages a state has: their numbers.
    record Range(long oldest, long newest) {
        static Optional<Range> of(IdPages pages) {
            List<IdPage> all = pages.all();
            return all.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Range(all.getFirst().number(), all.getLast().number()));
        }
    }

    /// A page as it is read back.
    record Written(int version, Memory worker) {
        Written {
            Objects.requireNonNull(worker, "worker");
        }
    }

    record Memory(Optional<Long> previous, List<StateCodec.Id> ids) {
        Memory {
            Objects.requireNonNull(ids, "ids");
        }
    }
}
