package io.podwire.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Does to hosts and pods what the faults decide. Confined to the scheduler's thread.
final class Chaos {
    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(25);

    private final Scheduler scheduler;
    private final Faults faults;
    private final List<Supplier<String>> story = new ArrayList<>();
    private final List<Host> harmed = new ArrayList<>();
    private Optional<Subjects> subjects = Optional.empty();
    private long watchCuts;

    Chaos(Scheduler scheduler, Faults faults) {
        this.scheduler = scheduler;
        this.faults = faults;
    }

    /// What there is to harm.
    interface Subjects {
        List<Host> workers();

        /// Its threads never run again; another one takes its place.
        void kill(Host worker);

        /// Asked to end in good order.
        void stop(Host worker);

        List<SimulatedPod> pods();

        void deletedByOthers(SimulatedPod pod);

        void vanishes(SimulatedPod pod);

        void rebalance();
    }

    void of(Subjects all) {
        subjects = Optional.of(all);
    }

    void tell(String line) {
        tell(() -> line);
    }

    /// Written only where somebody reads it.
    void tell(Supplier<String> line) {
        long nanos = scheduler.nanos();
        story.add(() -> "%9.3f s  %s".formatted(nanos / 1e9, line.get()));
    }

    List<String> story() {
        return story.stream().map(Supplier::get).toList();
    }

    /// Before each step.
    void step() {
        faults.at(Fault.Site.STEP).ifPresent(this::atStep);
    }

    private void atStep(Fault fault) {
        Subjects all = subjects.orElseThrow();
        switch (fault) {
            case STALL -> {
                if (!scheduler.ready().isEmpty()) {
                    scheduler.stall(any(scheduler.ready()), time(Duration.ofSeconds(3)));
                }
            }
            case REBALANCE -> {
                tell("REBALANCE");
                all.rebalance();
            }
            case WATCH_CUT -> watchCuts++;
            case POD_DELETED_BY_OTHERS -> pod(fault, all::deletedByOthers);
            case POD_VANISHES -> pod(fault, all::vanishes);
            default -> {
                if (!all.workers().isEmpty()) {
                    harm(fault, any(all.workers()));
                }
            }
        }
    }

    private void pod(Fault fault, Consumer<SimulatedPod> action) {
        List<SimulatedPod> pods = subjects.orElseThrow().pods();
        if (!pods.isEmpty()) {
            SimulatedPod pod = any(pods);
            tell(fault + " " + pod.ref().name() + " " + pod.uid());
            action.accept(pod);
        }
    }

    private <T> T any(List<T> all) {
        return all.get(scheduler.below(all.size()));
    }

    private Duration time(Duration most) {
        double share = Math.pow(scheduler.chance(), 2);
        return SHORTEST.plusNanos((long) (share * most.toNanos()));
    }

    private void harm(Fault fault, Host worker) {
        Duration time = time(LONGEST);
        tell("%s %s for %d ms".formatted(fault, worker.name(), time.toMillis()));
        switch (fault) {
            case KILL, API_KILL, BROKER_KILL, COMMIT_KILL -> subjects.orElseThrow().kill(worker);
            case STOP -> subjects.orElseThrow().stop(worker);
            case FREEZE, API_FREEZE, BROKER_FREEZE, COMMIT_FREEZE -> freeze(worker, time);
            case CUT_BROKER, API_CUT_BROKER, COMMIT_CUT_BROKER ->
                    cut(worker, Host.Line.BROKER, time);
            case CUT_CLUSTER -> cut(worker, Host.Line.CLUSTER, time);
            default -> throw new IllegalArgumentException("does not harm a host: " + fault);
        }
    }

    private void freeze(Host worker, Duration time) {
        worker.freeze();
        harmed.add(worker);
        scheduler.sort();
        var _ = scheduler.after(time, () -> thaw(worker));
    }

    private void thaw(Host worker) {
        worker.thaw();
        scheduler.sort();
    }

    private void cut(Host worker, Host.Line line, Duration time) {
        worker.cut(line);
        harmed.add(worker);
        var _ = scheduler.after(time, () -> worker.join(line));
    }

    /// Everything that was done to hosts is undone.
    void heal() {
        faults.heal();
        for (Host each : harmed) {
            each.join(Host.Line.BROKER);
            each.join(Host.Line.CLUSTER);
            thaw(each);
        }
        tell("healed");
    }

    Network.Fate brokerCall(Host worker) {
        Optional<Fault> fault = faults.at(Fault.Site.BROKER);
        if (fault.isEmpty()) {
            return Network.Fate.USUAL;
        }
        return switch (fault.get()) {
            case BROKER_ANSWER_LOST -> Network.Fate.ANSWER_LOST;
            case BROKER_SLOW -> Network.Fate.SLOW;
            default -> {
                harm(fault.get(), worker);
                yield Network.Fate.USUAL;
            }
        };
    }

    Network.Fate commit(Host worker) {
        Optional<Fault> fault = faults.at(Fault.Site.COMMIT);
        if (fault.isEmpty()) {
            return Network.Fate.USUAL;
        }
        return switch (fault.get()) {
            case COMMIT_ANSWER_LOST -> Network.Fate.ANSWER_LOST;
            case COMMIT_NEVER_ARRIVES -> Network.Fate.NEVER_ARRIVES;
            case COMMIT_REBALANCE -> {
                subjects.orElseThrow().rebalance();
                yield Network.Fate.SLOW;
            }
            default -> {
                harm(fault.get(), worker);
                yield Network.Fate.USUAL;
            }
        };
    }

    boolean refusesSend() {
        return faults.at(Fault.Site.SEND).isPresent();
    }

    boolean cutsLog() {
        return faults.at(Fault.Site.LOG).isPresent();
    }

    /// How often all watches were cut.
    long watchCuts() {
        return watchCuts;
    }

    Optional<Fault> apiCall(Host worker) {
        Optional<Fault> fault = faults.at(Fault.Site.API);
        return fault.filter(
                it -> {
                    boolean harms =
                            switch (it) {
                                case API_KILL, API_FREEZE, API_CUT_BROKER -> true;
                                default -> false;
                            };
                    if (harms) {
                        harm(it, worker);
                    }
                    return !harms;
                });
    }
}
