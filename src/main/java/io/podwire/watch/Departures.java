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

    /// Tells how the pod shows until it is proven gone, and that, once. Returns at once.
    ///
    /// For a uid already being asked about, the first caller's `witness` stands; the question is put again at once.
    ///
    /// @param last how the API server showed it at its end, where it has
    public void prove(PodRef pod, String uid, Optional<PodStatus> last, Witness witness) {
        Optional<PodStatus> before = asked.putIfAbsent(uid, last);
        Departure departure = new Departure(pod, uid, witness);
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
                awaitLastSight(departure);
                report(departure);
                yield true;
            }
            case PodProof.Proof.Alive(var status) -> {
                notItsEnd(departure, status);
                departure.witness().alive(status);
                yield false;
            }
            case PodProof.Proof.Unknown _ -> false;
        };
    }

    /// The read may be ahead of the watch, which is about to show how the pod was at its end.
    private void awaitLastSight(Departure departure) throws InterruptedException {
        Optional<PodStatus> last = asked.get(departure.uid());
        if (last != null && last.isEmpty()) {
            pause.pause(FIRST_INTERVAL);
        }
    }

    /// A pod that has left the watch and lives on will end otherwise than it was last seen.
    private void notItsEnd(Departure departure, PodStatus status) {
        asked.computeIfPresent(
                departure.uid(),
                (_, last) -> last.filter(end -> end.resourceVersion() > status.resourceVersion()));
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
                    .witness()
                    .gone(
                            new Fact.PodGone(
                                    clock.instant(), departure.pod(), departure.uid(), last));
        }
    }

    /// Waits; in tests, time passes by hand.
    @FunctionalInterface
    public interface Pause {
        void pause(Duration time) throws InterruptedException;
    }

    /// Hears what becomes of a pod that was asked about. Called from any thread.
    public interface Witness {
        /// It still exists, and shows like this.
        void alive(PodStatus status) throws InterruptedException;

        void gone(Fact.PodGone fact);
    }

    @FunctionalInterface
    private interface Question {
        void ask() throws InterruptedException;
    }

    private record Departure(PodRef pod, String uid, Witness witness) {}
}
