package io.podwire.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The group coordinator, with the classic protocol and the cooperative assignor.
///
/// A partition is given to its next owner only in the generation after the one in which the last one gave it up.
/// Confined to the scheduler's thread.
final class Group {
    static final Duration SESSION = Duration.ofSeconds(10);

    private final Scheduler scheduler;
    private final int partitions;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private int generation;
    private boolean rebalancing;
    private long names;

    Group(Scheduler scheduler, int partitions) {
        this.scheduler = scheduler;
        this.partitions = partitions;
    }

    private static final class Member {
        private final Host host;
        private Set<Integer> owned = Set.of();
        private Set<Integer> assigned = Set.of();
        private boolean joined;
        private Optional<Alarm> expiry = Optional.empty();

        Member(Host host) {
            this.host = host;
        }
    }

    /// What a member is told.
    sealed interface Word {
        /// The group does not know it: it has lost all.
        record Unknown() implements Word {}

        record Nothing() implements Word {}

        record Assigned(int generation, Set<Integer> partitions) implements Word {}
    }

    String join(Host host) {
        String name = "member-" + names++;
        members.put(name, new Member(host));
        heard(name);
        rebalance();
        return name;
    }

    void leave(String name) {
        Optional.ofNullable(members.remove(name))
                .ifPresent(
                        left -> {
                            left.expiry.ifPresent(Alarm::silence);
                            rebalance();
                        });
        completeIfAllJoined();
    }

    /// A heartbeat; without effect where the member is not known any more.
    void heard(String name) {
        Member member = members.get(name);
        if (member != null) {
            member.expiry.ifPresent(Alarm::silence);
            member.expiry = Optional.of(scheduler.after(SESSION, () -> leave(name)));
        }
    }

    /// Everybody joins again.
    void rebalance() {
        if (!rebalancing) {
            rebalancing = true;
            members.values().forEach(each -> each.joined = false);
        }
    }

    /// A member's poll: joins where that is asked for, and hears what there is for it.
    Word sync(String name, int known, Set<Integer> owned) {
        Member member = members.get(name);
        if (member == null) {
            return new Word.Unknown();
        }
        if (rebalancing) {
            member.joined = true;
            member.owned = new TreeSet<>(owned);
            completeIfAllJoined();
        }
        return rebalancing || known == generation
                ? new Word.Nothing()
                : new Word.Assigned(generation, member.assigned);
    }

    private void completeIfAllJoined() {
        if (!rebalancing || members.values().stream().anyMatch(each -> !each.joined)) {
            return;
        }
        rebalancing = false;
        generation++;
        Map<Integer, Member> owners = new TreeMap<>();
        members.values().forEach(each -> each.owned.forEach(number -> owners.put(number, each)));
        Map<Member, Set<Integer>> target = target(owners);
        target.forEach(
                (member, wanted) -> {
                    Set<Integer> given = new HashSet<>(wanted);
                    given.removeIf(number -> owners.getOrDefault(number, member) != member);
                    member.assigned = new TreeSet<>(given);
                });
        boolean moves =
                owners.entrySet().stream()
                        .anyMatch(each -> !each.getValue().assigned.contains(each.getKey()));
        if (!moves && !members.isEmpty() && given() < partitions) {
            throw new IllegalStateException("a partition is given to nobody");
        }
    }

    private int given() {
        return members.values().stream().mapToInt(each -> each.assigned.size()).sum();
    }

    /// Balanced; who has a partition keeps it where that allows.
    private Map<Member, Set<Integer>> target(Map<Integer, Member> owners) {
        Map<Member, Set<Integer>> target = new LinkedHashMap<>();
        List<Member> all = new ArrayList<>(members.values());
        all.forEach(each -> target.put(each, new TreeSet<>()));
        List<Integer> left = new ArrayList<>();
        int most = all.isEmpty() ? 0 : (partitions + all.size() - 1) / all.size();
        for (int number = 0; number < partitions; number++) {
            Member owner = owners.get(number);
            if (owner != null && target.getOrDefault(owner, Set.of()).size() < most) {
                add(target, owner, number);
            } else {
                left.add(number);
            }
        }
        for (int number : left) {
            all.stream()
                    .min(
                            (one, other) ->
                                    Integer.compare(
                                            target.getOrDefault(one, Set.of()).size(),
                                            target.getOrDefault(other, Set.of()).size()))
                    .ifPresent(member -> add(target, member, number));
        }
        return target;
    }

    private static void add(Map<Member, Set<Integer>> target, Member member, int number) {
        target.computeIfAbsent(member, _ -> new TreeSet<>()).add(number);
    }

    /// Whether offsets of that member are taken now.
    boolean accepts(String name, int ofGeneration) {
        return members.containsKey(name) && ofGeneration == generation;
    }

    /// Whether the partition is that host's, as the coordinator sees it.
    boolean owns(int partition, Host host) {
        return members.values().stream()
                .filter(member -> member.assigned.contains(partition))
                .anyMatch(member -> member.host.equals(host));
    }

    /// Whether the partition is that member's, as the coordinator sees it.
    boolean gave(int partition, String name) {
        return Optional.ofNullable(members.get(name))
                .filter(member -> member.assigned.contains(partition))
                .isPresent();
    }
}
