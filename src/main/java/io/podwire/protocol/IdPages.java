package io.podwire.protocol;

import static java.util.Comparator.naturalOrder;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The full pages of one pod's command ids, the oldest first. Immutable; what follows shares the pages.
///
/// What each command asks for is answered without a look into any page, for there may be hundreds.
public final class IdPages {
    public static final IdPages NONE = of(List.of());

    private final List<IdPage> all;

    /// Of all commands, side by side: an id that no page has is told by them alone, but for one in millions.
    private final int[] hashes;

    private final long characters;
    private final Instant newest;

    private IdPages(List<IdPage> all, int[] hashes, long characters, Instant newest) {
        this.all = all;
        this.hashes = hashes;
        this.characters = characters;
        this.newest = newest;
    }

    /// These pages.
    ///
    /// @param pages the oldest first
    public static IdPages of(List<IdPage> pages) {
        return new IdPages(
                List.copyOf(pages),
                pages.stream().flatMapToInt(IdPage::hashes).toArray(),
                pages.stream().mapToLong(IdPage::characters).sum(),
                pages.stream().map(IdPage::newest).max(naturalOrder()).orElse(Instant.EPOCH));
    }

    /// These and one more.
    public IdPages plus(IdPage page) {
        return new IdPages(
                Stream.concat(all.stream(), Stream.of(page)).toList(),
                IntStream.concat(IntStream.of(hashes), page.hashes()).toArray(),
                characters + page.characters(),
                newest.isAfter(page.newest()) ? newest : page.newest());
    }

    /// These without so many of the oldest.
    public IdPages withoutOldest(int count) {
        return count == 0 ? this : of(all.subList(count, all.size()));
    }

    public Optional<Known> find(CommandRef command) {
        return has(command.hashCode())
                ? all.reversed().stream().flatMap(page -> page.find(command).stream()).findFirst()
                : Optional.empty();
    }

    private boolean has(int hash) {
        for (int each : hashes) {
            if (each == hash) {
                return true;
            }
        }
        return false;
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
        int same = same(others);
        if (same == all.size()) {
            return List.of();
        }
        Set<Long> theirs = new HashSet<>();
        others.all.subList(same, others.all.size()).forEach(page -> theirs.add(page.number()));
        return all.subList(same, all.size()).stream()
                .filter(page -> !theirs.contains(page.number()))
                .toList();
    }

    /// How many of the oldest both have.
    private int same(IdPages others) {
        if (equals(others)) {
            return all.size(); // as for most commands, which fill no page
        }
        int same = 0;
        while (same < Math.min(all.size(), others.all.size())
                && all.get(same).equals(others.all.get(same))) {
            same++;
        }
        return same;
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
        return hashes.length;
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
