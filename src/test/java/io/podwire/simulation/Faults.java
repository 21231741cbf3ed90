package io.podwire.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// Decides what goes wrong. Each decision has a number and hangs on nothing but it and the seed, so leaving one fault
/// out leaves the others as they are.
///
/// Not every run knows every fault: where all happen always, those that need some quiet never show. Confined to the
/// scheduler's thread.
final class Faults {
    private static final double KNOWN = 0.5;

    private final Plan plan;
    private final double storm;
    private final Map<Fault.Site, List<Fault>> known = new EnumMap<>(Fault.Site.class);
    private final Map<Fault.Site, Long> decisions = new EnumMap<>(Fault.Site.class);
    private final List<Long> happened = new ArrayList<>();
    private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);
    private boolean healed;

    Faults(Plan plan) {
        this.plan = plan;
        SplittableRandom random = new SplittableRandom(plan.seed() ^ 0x5DEECE66DL);
        this.storm = Math.pow(2, random.nextDouble(-2, 2));
        Set<Fault> all = EnumSet.noneOf(Fault.class);
        for (Fault fault : Fault.values()) {
            if (random.nextDouble() < KNOWN) {
                all.add(fault);
            }
        }
        for (Fault.Site site : Fault.Site.values()) {
            known.put(site, all.stream().filter(fault -> fault.site() == site).toList());
        }
    }

    /// What goes wrong here, if anything.
    Optional<Fault> at(Fault.Site site) {
        if (healed) {
            return Optional.empty();
        }
        long number = site.number(decisions.merge(site, 1L, Long::sum));
        double dice = new SplittableRandom(plan.seed() * 0x9E3779B97F4A7C15L + number).nextDouble();
        for (Fault fault : known.getOrDefault(site, List.of())) {
            dice -= fault.rate() * storm;
            if (dice < 0) {
                return plan.allows(number) ? Optional.of(happens(fault, number)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Fault happens(Fault fault, long number) {
        happened.add(number);
        counts.merge(fault, 1L, Long::sum);
        return fault;
    }

    /// From now on nothing goes wrong.
    void heal() {
        healed = true;
    }

    boolean healed() {
        return healed;
    }

    List<Long> happened() {
        return happened;
    }

    Map<String, Long> counts() {
        Map<String, Long> named = new HashMap<>();
        counts.forEach((fault, count) -> named.put(fault.name(), count));
        return named;
    }
}
