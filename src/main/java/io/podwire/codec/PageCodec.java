package io.podwire.codec;

import static io.podwire.codec.OrderedJson.foreign;
import static io.podwire.codec.OrderedJson.object;

import com.fasterxml.jackson.databind.JsonNode;

import io.podwire.protocol.IdPage;
import io.podwire.protocol.IdPages;
import io.podwire.protocol.PageKey;

import java.io.IOException;
import java.time.DateTimeException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Pages of ids as values of the state topic, under a reserved key: `{"version": 3, "worker": {"previous": 70, "ids": […]}}`.
///
/// The state names the oldest and the newest, and each page the one before it: however many there are, a state stays as small as
/// it is. A page stays as it was written for `ids.window`, whatever version of the worker comes meanwhile. Thread-safe.
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
                                memory.written("ids", out -> IdForms.write(out, page.ids()));
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
            Memory written = written(value);
            IdPage page = new IdPage(written.ids().byCommand());
            if (page.number() != key.number()) {
                throw unreadable(key, " holds page " + page.number());
            }
            return new Read(key, page, written.previous());
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw unreadable(key, ": " + e.getMessage());
        }
    }

    private static Memory written(byte[] value) throws IOException {
        try {
            return OrderedJson.read(value, object(PageCodec::page));
        } catch (IOException | IllegalArgumentException _) {
            JsonNode root = StateCodec.upgraded(StateCodec.JSON.readTree(value));
            return StateCodec.JSON.treeToValue(root, Written.class).worker();
        }
    }

    /// As this version writes it, and only so.
    private static Memory page(OrderedJson in) throws IOException {
        in.require(in.field("version", OrderedJson::integer) == StateCodec.VERSION);
        return in.field(
                "worker",
                object(
                        memory ->
                                new Memory(
                                        memory.optional("previous", OrderedJson::number),
                                        memory.field("ids", foreign(IdForms::read)))));
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
    record Written(Memory worker) {
        Written {
            Objects.requireNonNull(worker, "worker");
        }
    }

    record Memory(Optional<Long> previous, IdForms.Ids ids) {
        Memory {
            Objects.requireNonNull(ids, "ids");
        }
    }
}
