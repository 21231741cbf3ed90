package io.podwire.protocol;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The command ids that a state knows, by command: the last ones, and pages of those that were answered before.
///
/// The topic holds each page in a record of its own, written once: so a pod's thousandth command of a day costs as much as its
/// tenth.
///
/// @param last all that may still change, and what does not fill a page yet
public record KnownIds(IdPages pages, Map<CommandRef, Known> last) {
    public static final KnownIds NONE = of(Map.of());

    public KnownIds {
        Objects.requireNonNull(pages, "pages");
        last = Map.copyOf(last);
    }

    /// So few that they fill no page.
    public static KnownIds of(Map<CommandRef, Known> last) {
        return new KnownIds(IdPages.NONE, last);
    }

    public boolean isEmpty() {
        return pages.ids() == 0 && last.isEmpty();
    }

    public Optional<Known> find(CommandRef command) {
        return Optional.ofNullable(last.get(command)).or(() -> pages.find(command));
    }

    /// Of all of them.
    public Stream<Known> all() {
        return Stream.concat(
                pages.all().stream().flatMap(page -> page.ids().values().stream()),
                last.values().stream());
    }

    /// Those that the others do not know.
    public Map<CommandRef, Known> beyond(KnownIds others) {
        Map<CommandRef, Known> beyond = new HashMap<>();
        putBeyond(last, others, beyond);
        pages.beyond(others.pages).forEach(page -> putBeyond(page.ids(), others, beyond));
        return beyond;
    }

    private static void putBeyond(
            Map<CommandRef, Known> ids, KnownIds others, Map<CommandRef, Known> beyond) {
        ids.forEach(
                (command, known) -> {
                    if (others.find(command).isEmpty()) {
                        beyond.put(command, known);
                    }
                });
    }
}
