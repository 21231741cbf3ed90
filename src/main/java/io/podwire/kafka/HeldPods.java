package io.podwire.kafka;

import io.podwire.pipeline.CommandIds;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodState;
import io.podwire.protocol.StateGist;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/// The pods of the partitions that are at work here, for those who look on.
///
/// Thread-safe; holds nothing up. A search unpacks only what it returns.
public final class HeldPods {
    /// So many characters of an id: a shorter beginning is that of a million.
    private static final int FEWEST = 3;

    private final Supplier<List<Part>> partitions;

    HeldPods(Supplier<List<Part>> partitions) {
        this.partitions = partitions;
    }

    /// The numbers of the partitions.
    public SortedSet<Integer> partitions() {
        SortedSet<Integer> numbers = new TreeSet<>();
        partitions.get().forEach(each -> numbers.add(each.number()));
        return numbers;
    }

    /// The pod's state and partition; empty where it is not known here.
    public Optional<Place> find(PodRef pod) {
        for (Part partition : partitions.get()) {
            Optional<PodState> state = partition.states().find(pod.key());
            if (state.isPresent()) {
                return state.map(known -> new Place(partition.number(), known));
            }
        }
        return Optional.empty();
    }

    /// The pods in whose `namespace/name` this text is, or with a command whose id begins with it (3 characters at least).
    ///
    /// @param most the living come first, then those of which something was heard last
    public Found search(String text, int most) {
        PriorityQueue<Candidate> best = new PriorityQueue<>(most + 1, Candidate.LEAST_FIRST);
        long matches = 0;
        for (Part partition : partitions.get()) {
            Set<String> commanded =
                    text.length() < FEWEST ? Set.of() : partition.ids().keysOf(text);
            for (var each :
                    (Iterable<Map.Entry<String, StateGist>>) partition.states().gists()::iterator) {
                String key = each.getKey();
                boolean wanted = key.contains(text) || commanded.contains(key);
                if (wanted && !key.startsWith(PodState.RESERVED)) {
                    matches++;
                    best.add(Candidate.of(partition, key, each.getValue()));
                    dropLeast(best, most);
                }
            }
        }
        return new Found(states(best), matches);
    }

    private static void dropLeast(PriorityQueue<Candidate> best, int most) {
        if (best.size() > most) {
            best.remove();
        }
    }

    private static List<PodState> states(PriorityQueue<Candidate> best) {
        List<Candidate> ranked = new ArrayList<>(best);
        ranked.sort(Candidate.LEAST_FIRST.reversed());
        return ranked.stream().flatMap(each -> each.state().stream()).toList();
    }

    private record Candidate(Part partition, String key, boolean alive, Instant newest) {
        static final Comparator<Candidate> LEAST_FIRST =
                Comparator.comparing(Candidate::alive)
                        .thenComparing(Candidate::newest)
                        .thenComparing(Candidate::key, Comparator.reverseOrder());

        static Candidate of(Part partition, String key, StateGist gist) {
            return new Candidate(partition, key, gist.alive(), gist.newest());
        }

        Optional<PodState> state() {
            return partition.states().find(key);
        }
    }

    /// One partition, as it is seen from here.
    record Part(int number, States states, CommandIds ids) {}

    /// Where a pod is known.
    public record Place(int partition, PodState state) {}

    /// What a search found.
    ///
    /// @param matches how many there are, of which only so many are returned
    public record Found(List<PodState> pods, long matches) {
        public Found {
            pods = List.copyOf(pods);
        }
    }
}
