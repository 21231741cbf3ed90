package io.podwire.protocol;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
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
    ///
    /// An id is in one place only, so what both have cannot have one that is new to either.
    public Map<CommandRef, Known> beyond(KnownIds others) {
        List<IdPage> theirs = others.pages.beyond(pages);
        Map<CommandRef, Known> beyond = new HashMap<>();
        BiConsumer<CommandRef, Known> unlessTheirs =
                (id, known) -> {
                    if (!others.last.containsKey(id) && !isIn(theirs, id)) {
                        beyond.put(id, known);
                    }
                };
        last.forEach(unlessTheirs);
        pages.beyond(others.pages).forEach(page -> page.ids().forEach(unlessTheirs));
        return beyond;
    }

    private static boolean isIn(List<IdPage> pages, CommandRef command) {
        for (IdPage page : pages) { // mostly none: eight ids of a command ask
            if (page.find(command).isPresent()) {
                return true;
            }
        }
        return false;
    }
}
