package io.podwire.testkit;

import org.apache.kafka.common.protocol.ApiKeys;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// What goes wrong on the wire with Kafka requests of certain kinds, or with their responses.
///
/// Thread-safe.
public final class KafkaFault {
    private final Set<ApiKeys> kinds;
    private final Side side;
    private final Deed deed;
    private final int times;
    private final AtomicInteger happened = new AtomicInteger();

    private KafkaFault(Set<ApiKeys> kinds, Side side, Deed deed, int times) {
        this.kinds = Set.copyOf(kinds);
        this.side = Objects.requireNonNull(side, "side");
        this.deed = Objects.requireNonNull(deed, "deed");
        this.times = times;
    }

    /// The next `times` frames of these kinds wait so long on their way, and what follows them on their connection with them.
    ///
    /// A request arrives even where its client has given up meanwhile.
    public static KafkaFault delay(Side side, Duration time, int times, ApiKeys... kinds) {
        return new KafkaFault(Set.of(kinds), side, new Deed.Delay(time), times);
    }

    /// The next `times` frames of these kinds are lost, and their connections end.
    public static KafkaFault lose(Side side, int times, ApiKeys... kinds) {
        return new KafkaFault(Set.of(kinds), side, new Deed.Lose(), times);
    }

    /// How many frames it has met.
    public int happened() {
        return Math.min(times, happened.get());
    }

    boolean meets(ApiKeys kind, Side of) {
        return side == of && kinds.contains(kind) && happened.getAndIncrement() < times;
    }

    Deed deed() {
        return deed;
    }

    /// Which way a frame goes.
    public enum Side {
        REQUEST,
        RESPONSE
    }

    sealed interface Deed {
        record Delay(Duration time) implements Deed {}

        record Lose() implements Deed {}
    }
}
