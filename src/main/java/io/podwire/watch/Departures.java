package io.podwire.watch;

import io.podwire.protocol.Fact;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodStatus;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// Proves that pods are gone: those that left the watch, those a sync did not show, those being deleted.
///
/// A pod that turns out to live (its labels were removed, its deletion takes time) is asked about again at
/// growing intervals until it is gone or forgotten. Thread-safe; every question runs on a virtual thread.
public final class Departures implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Departures.class);
    private static final Duration FIRST_INTERVAL = Duration.ofSeconds(1);
    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(30);
    // When a namespace goes, all its pods leave at once: the API server should not feel it.
    private static final int QUESTIONS_AT_ONCE = 16;

    private final PodProof proof;
    private final InstantSource clock;
    private final Pause pause;
    private final Executor threads;
    private final Semaphore questions = new Semaphore(QUESTIONS_AT_ONCE);

    /// The pods asked about, by uid, with how each was last seen. Who removes one reports it.
    private final ConcurrentHashMap<String, Optional<PodStatus>> asked = new ConcurrentHashMap<>();

    /// The threads at work, to be interrupted at the end.
    private final Set<Thread> working = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    public Departures(PodProof proof, InstantSource clock, Pause pause) {
        this(proof, clock, pause, task -> Thread.ofVirtual().name("departure").start(task));
    }

    Departures(PodProof proof, InstantSource clock, Pause pause, Executor threads) {
        this.proof = proof;
        this.clock = clock;
        this.pause = pause;
        this.threads = threads;
    }

    /// Tells once, through `whenGone`, that the pod is proven gone. Returns at once.
    ///
    /// For a uid already being asked about, the first caller's `whenGone` stands; the question is put again at once.
    public void prove(
            PodRef pod, String uid, Optional<PodStatus> last, Consumer<Fact.PodGone> whenGone) {
        Optional<PodStatus> before = asked.putIfAbsent(uid, last);
        Departure departure = new Departure(pod, uid, whenGone);
        if (before == null) {
            threads.execute(() -> work(() -> askUntilGone(departure)));
        } else {
            asked.computeIfPresent(uid, (_, known) -> last.or(() -> known));
            threads.execute(() -> work(() -> isOver(departure)));
        }
    }

    /// Stops asking about the pod: it came back into the watch, or its partition is no longer ours.
    public void forget(String uid) {
        asked.remove(uid);
    }

    /// Gives all questions up. Nothing is reported afterwards.
    @Override
    public void close() {
        closed = true;
        asked.clear();
        working.forEach(Thread::interrupt);
    }

    private void work(Question question) {
        Thread me = Thread.currentThread();
        working.add(me);
        try {
            question.ask();
        } catch (InterruptedException _) {
            me.interrupt(); // given up by close
        } finally {
            working.remove(me);
        }
    }

    private void askUntilGone(Departure departure) throws InterruptedException {
        Duration interval = FIRST_INTERVAL;
        while (!isOver(departure)) {
            pause.pause(interval);
            Duration next = interval.multipliedBy(2);
            interval = next.compareTo(LONGEST_INTERVAL) < 0 ? next : LONGEST_INTERVAL;
        }
    }

    private boolean isOver(Departure departure) throws InterruptedException {
        if (closed || !asked.containsKey(departure.uid())) {
            return true;
        }
        return switch (ask(departure)) {
            case PodProof.Proof.Gone _ -> {
                report(departure);
                yield true;
            }
            case PodProof.Proof.Alive _, PodProof.Proof.Unknown _ -> false;
        };
    }

    private PodProof.Proof ask(Departure departure) throws InterruptedException {
        questions.acquire();
        try {
            return proof.prove(departure.pod(), departure.uid());
        } catch (RuntimeException e) {
            // The pod would be thought alive for ever if the question ended here.
            LOG.atError()
                    .addKeyValue("pod", departure.pod())
                    .setCause(e)
                    .log("could not ask whether a pod is gone; will ask again");
            return new PodProof.Proof.Unknown();
        } finally {
            questions.release();
        }
    }

    private void report(Departure departure) {
        Optional<PodStatus> last = asked.remove(departure.uid());
        if (last != null && !closed) {
            departure
                    .whenGone()
                    .accept(
                            new Fact.PodGone(
                                    clock.instant(), departure.pod(), departure.uid(), last));
        }
    }

    /// Waits; in tests, time passes by hand.
    @FunctionalInterface
    public interface Pause {
        void pause(Duration time) throws InterruptedException;
    }

    @FunctionalInterface
    private interface Question {
        void ask() throws InterruptedException;
    }

    private record Departure(PodRef pod, String uid, Consumer<Fact.PodGone> whenGone) {}
}
