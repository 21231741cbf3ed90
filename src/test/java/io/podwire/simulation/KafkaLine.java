package io.podwire.simulation;

import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// One host's connection to the brokers, as Kafka's clients use it. Confined to the scheduler's thread.
final class KafkaLine {
    private static final Duration AGAIN = Duration.ofMillis(20);

    private final Scheduler scheduler;
    private final Network network;
    private final Broker broker;
    private final Chaos chaos;
    private final Host host;

    KafkaLine(World world, Host host) {
        this.scheduler = world.scheduler();
        this.network = world.network();
        this.broker = world.broker();
        this.chaos = world.chaos();
        this.host = host;
    }

    Broker broker() {
        return broker;
    }

    Host host() {
        return host;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Chaos chaos() {
        return chaos;
    }

    /// Asks once.
    ///
    /// @throws TimeoutException where there was no answer
    <T> T ask(Duration patience, Supplier<T> effect) {
        Network.Fate fate = chaos.brokerCall(host);
        return ask(patience, fate, effect);
    }

    <T> T ask(Duration patience, Network.Fate fate, Supplier<T> effect) {
        try {
            return network.ask(new Network.Sender(host, Host.Line.BROKER), patience, fate, effect)
                    .orElseThrow(() -> new TimeoutException("no answer within " + patience));
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /// Asks until there is something.
    <T> T askUntil(Duration patience, Supplier<Optional<T>> effect) {
        long until = scheduler.nanos() + patience.toNanos();
        while (true) {
            Duration left = Duration.ofNanos(until - scheduler.nanos());
            if (!left.isPositive()) {
                throw new TimeoutException("no result within " + patience);
            }
            Optional<T> answer = ask(left, effect);
            if (answer.isPresent()) {
                return answer.get();
            }
            pause(AGAIN);
        }
    }

    void pause(Duration time) {
        try {
            scheduler.sleep(time);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
