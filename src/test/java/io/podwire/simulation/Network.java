package io.podwire.simulation;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Carries requests of hosts to what is outside, and the answers back.
///
/// A request that is on its way arrives, whatever becomes of its sender. Confined to the scheduler's thread.
final class Network {
    private static final Duration AGAIN = Duration.ofMillis(50);
    private static final Duration FASTEST = Duration.ofNanos(200_000);
    private static final Duration USUAL = Duration.ofMillis(6);
    private static final Duration SLOW = Duration.ofSeconds(4);

    private final Scheduler scheduler;

    Network(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /// What becomes of a request.
    enum Fate {
        USUAL,
        SLOW,
        NEVER_ARRIVES,
        ANSWER_LOST
    }

    /// One request. A cut connection is waited out on both ways, as the clients do that try again.
    ///
    /// @return the answer; empty where there was none in that time
    <T> Optional<T> ask(Sender from, Duration patience, Fate fate, Supplier<T> effect)
            throws InterruptedException {
        Exchange<T> exchange = new Exchange<>(from, fate, effect, Thread.currentThread());
        exchange.begin();
        try {
            if (!scheduler.await(() -> exchange.answer.isPresent(), patience)) {
                return Optional.empty();
            }
        } finally {
            exchange.givenUp = true;
        }
        return Optional.of(exchange.answer.orElseThrow().get());
    }

    /// Who asks, and over which line.
    record Sender(Host host, Host.Line line) {
        boolean cut() {
            return host.isCut(line);
        }
    }

    private final class Exchange<T> {
        private final Sender from;
        private final Fate fate;
        private final Supplier<T> effect;
        private final Thread waiting;
        private Optional<Supplier<T>> answer = Optional.empty();
        private boolean givenUp;

        Exchange(Sender from, Fate fate, Supplier<T> effect, Thread waiting) {
            this.from = from;
            this.fate = fate;
            this.effect = effect;
            this.waiting = waiting;
        }

        void begin() {
            if (fate != Fate.NEVER_ARRIVES) {
                var _ = scheduler.after(way(), this::arrive);
            }
        }

        private Duration way() {
            return scheduler.between(FASTEST, fate == Fate.SLOW ? SLOW : USUAL);
        }

        private void arrive() {
            if (from.cut()) {
                if (!givenUp && !from.host().dead()) {
                    var _ = scheduler.after(AGAIN, this::arrive);
                }
                return;
            }
            Supplier<T> result = result();
            if (fate != Fate.ANSWER_LOST) {
                var _ = scheduler.after(way(), () -> answered(result));
            }
        }

        private Supplier<T> result() {
            try {
                T value = effect.get();
                return () -> value;
            } catch (RuntimeException e) {
                return () -> {
                    throw e;
                };
            }
        }

        private void answered(Supplier<T> result) {
            if (from.cut()) {
                if (!givenUp) {
                    var _ = scheduler.after(AGAIN, () -> answered(result));
                }
                return;
            }
            answer = Optional.of(result);
            LockSupport.unpark(waiting);
        }
    }
}
