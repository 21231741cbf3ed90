package io.podwire.protocol;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The full pages of one pod's command ids, the oldest first. Immutable; what follows shares the pages.
///
/// What each command asks for is answered without a look into every page: there may be hundreds.
public final class IdPages {
    public static final IdPages NONE = of(List.of());

    private final List<IdPage> all;

    /// That of each page, side by side: of twenty pages without an id, one is looked into.
    private final long[] filters;

    private final int ids;
    private final long characters;
    private final Instant newest;

    private IdPages(List<IdPage> all, long[] filters, int ids, long characters, Instant newest) {
        this.all = all;
        this.filters = filters;
        this.ids = ids;
        this.characters = characters;
        this.newest = newest;
    }

    /// These pages.
    ///
    /// @param pages the oldest first
    public static IdPages of(List<IdPage> pages) {
        long[] filters = new long[pages.size()];
        int ids = 0;
        long characters = 0;
        Instant newest = Instant.EPOCH;
        for (int place = 0; place < filters.length; place++) {
            IdPage page = pages.get(place);
            filters[place] = page.filter();
            ids += page.ids().size();
            characters += page.characters();
            newest = later(newest, page.newest());
        }
        return new IdPages(List.copyOf(pages), filters, ids, characters, newest);
    }

    /// These and one more.
    public IdPages plus(IdPage page) {
        return of(Stream.concat(all.stream(), Stream.of(page)).toList());
    }

    /// These without so many of the oldest.
    public IdPages withoutOldest(int count) {
        return count == 0 ? this : of(all.subList(count, all.size()));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    public Optional<Known> find(CommandRef command) {
        long bits = IdPage.bits(command);
        for (int place = filters.length - 1; place >= 0; place--) {
            if ((filters[place] & bits) == bits) {
                Known known = all.get(place).ids().get(command);
                if (known != null) {
                    return Optional.of(known);
                }
            }
        }
        return Optional.empty();
    }

    /// How many of the oldest hold only ids that were taken in before then.
    public int countBefore(Instant limit) {
        int count = 0;
        while (count < all.size() && all.get(count).newest().isBefore(limit)) {
            count++;
        }
        return count;
    }

    /// The pages that the others have not.
    public List<IdPage> beyond(IdPages others) {
        if (all.equals(others.all)) {
            return List.of();
        }
        Set<Long> theirs = new HashSet<>();
        others.all.forEach(page -> theirs.add(page.number()));
        return all.stream().filter(page -> !theirs.contains(page.number())).toList();
    }

    /// The page that was there before this one, if any.
    public Optional<IdPage> before(IdPage page) {
        int place = all.size() - 1;
        while (place > 0 && all.get(place).number() != page.number()) {
            place--;
        }
        return place > 0 ? Optional.of(all.get(place - 1)) : Optional.empty();
    }

    public List<IdPage> all() {
        return all;
    }

    /// How many ids there are in all of them.
    public int ids() {
        return ids;
    }

    /// Of the sources and ids in all of them.
    public long characters() {
        return characters;
    }

    /// When the last of the ids was taken in; [Instant#EPOCH] where there is none.
    public Instant newest() {
        return newest;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof IdPages pages && all.equals(pages.all));
    }

    @Override
    public int hashCode() {
        return all.hashCode();
    }

    @Override
    public String toString() {
        return all.toString();
    }
}
