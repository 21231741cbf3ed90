package io.podwire.simulation;

import java.lang.reflect.Constructor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Runs virtual threads one at a time: the seed picks whose turn it is, and time passes only here.
///
/// Confined to the thread that calls [#step], on which all virtual threads run too. Whatever order the threads
/// became ready in, the pick is among the same: hash orders of the JVM that differ from run to run change nothing.
final class Scheduler implements Executor, InstantSource {
    private static final Instant START = Instant.parse("2026-11-27T08:00:00Z");
    private static final long LONGEST_STEP_NANOS = 40_000;

    private final SplittableRandom random;
    private final Thread loop = Thread.currentThread();
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
    private final IdentityHashMap<Runnable, Strand> strands = new IdentityHashMap<>();

    /// In the order of their numbers.
    private final List<Strand> ready = new ArrayList<>();

    /// Ready, but not to be picked now.
    private final List<Strand> held = new ArrayList<>();

    private Optional<Strand> running = Optional.empty();
    private Optional<Host> starting = Optional.empty();
    private long nowNanos;
    private long steps;
    private long trace;
    private long alarmNumbers;

    Scheduler(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /// Starts a thread of a host.
    void start(Host host, Runnable task) {
        starting = Optional.of(host);
        try {
            builder(this).start(task);
        } finally {
            starting = Optional.empty();
        }
    }

    /// Threads that these start inherit the scheduler.
    private static Thread.Builder.OfVirtual builder(Executor scheduler) {
        try {
            Constructor<?> constructor =
                    Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
                            .getDeclaredConstructor(Executor.class);
            constructor.setAccessible(true);
            return (Thread.Builder.OfVirtual) constructor.newInstance(scheduler);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "needs --add-opens java.base/java.lang=ALL-UNNAMED and a JDK with custom schedulers",
                    e);
        }
    }

    @Override
    public void execute(Runnable continuation) {
        Thread caller = Thread.currentThread();
        if (!caller.isVirtual() && !caller.equals(loop)) {
            throw new IllegalStateException(
                    "woken from outside of the simulation, by " + caller.getName());
        }
        Strand strand =
                strands.computeIfAbsent(
                        continuation, it -> new Strand(strands.size(), owner(), it));
        if (!strand.host().dead()) {
            makeReady(strand);
        }
    }

    private Host owner() {
        return starting.or(() -> running.map(Strand::host)).orElseThrow();
    }

    private void makeReady(Strand strand) {
        if (strand.mayRun()) {
            int place = Collections.binarySearch(ready, strand);
            ready.add(place < 0 ? -place - 1 : place, strand);
        } else {
            held.add(strand);
        }
    }

    /// Those that a thaw, a freeze or a kill concerns change their place.
    void sort() {
        List<Strand> all = new ArrayList<>(ready);
        all.addAll(held);
        ready.clear();
        held.clear();
        all.stream().filter(strand -> !strand.host().dead()).sorted().forEach(this::makeReady);
    }

    /// One thread gets no turn for that long.
    void stall(Strand strand, Duration time) {
        strand.stall();
        after(
                time,
                () -> {
                    strand.goOn();
                    sort();
                });
        sort();
    }

    /// Runs one thread until it waits; where none is ready, lets time pass until one is.
    ///
    /// @return false where nothing will ever happen again
    boolean step() {
        ring();
        while (ready.isEmpty()) {
            Alarm next = alarms.poll();
            if (next == null) {
                return false;
            }
            if (!next.silenced()) {
                nowNanos = Math.max(nowNanos, next.atNanos());
                next.ring();
            }
        }
        Strand strand = ready.remove(random.nextInt(ready.size()));
        steps++;
        nowNanos += 1 + random.nextLong(LONGEST_STEP_NANOS);
        trace = trace * 31 + strand.number() * 1_000_003 + nowNanos;
        running = Optional.of(strand);
        dbg = strand.number() + " " + strand.host().name();
        strand.run();
        running = Optional.empty();
        return true;
    }

    private void ring() {
        for (Alarm next = alarms.peek();
                next != null && next.atNanos() <= nowNanos;
                next = alarms.peek()) {
            alarms.remove();
            next.ring();
        }
    }

    Alarm after(Duration time, Runnable action) {
        Alarm alarm = new Alarm(nowNanos + time.toNanos(), alarmNumbers++, action);
        alarms.add(alarm);
        return alarm;
    }

    /// Waits on a virtual thread.
    ///
    /// @return whether it came true within the time
    boolean await(BooleanSupplier condition, Duration time) throws InterruptedException {
        long until = nowNanos + Math.max(0, time.toNanos());
        Thread me = Thread.currentThread();
        Alarm alarm = after(time, () -> LockSupport.unpark(me));
        try {
            while (!condition.getAsBoolean() && nowNanos < until) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                LockSupport.park(this);
            }
        } finally {
            alarm.silence();
        }
        return condition.getAsBoolean();
    }

    void sleep(Duration time) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        var _ = await(() -> false, time);
    }

    /// Between one and the other, by the seed.
    Duration between(Duration least, Duration most) {
        return Duration.ofNanos(random.nextLong(least.toNanos(), most.toNanos() + 1));
    }

    double chance() {
        return random.nextDouble();
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    long bits() {
        return random.nextLong();
    }

    @Override
    public Instant instant() {
        return START.plusNanos(nowNanos);
    }

    long nanos() {
        return nowNanos;
    }

    String last() {
        return dbg;
    }

    String dbg = "";

    long steps() {
        return steps;
    }

    long trace() {
        return trace;
    }

    /// Whoever could be picked next.
    List<Strand> ready() {
        return ready;
    }
}
