package io.podwire.faults;

import io.podwire.testkit.KafkaFault.Side;

import org.apache.kafka.common.protocol.ApiKeys;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How long the transactions of one producer are open, as the wire sees them: from the first record sent to the answer to the end.
///
/// Thread-safe.
final class TransactionTimes {
    /// Guarded by `this`.
    private final List<Long> nanos = new ArrayList<>();

    /// 0 while none is open. Guarded by `this`.
    private long beganNanos;

    synchronized void passed(ApiKeys kind, Side side) {
        if (kind == ApiKeys.PRODUCE && side == Side.REQUEST && beganNanos == 0) {
            beganNanos = System.nanoTime();
        } else if (kind == ApiKeys.END_TXN && side == Side.RESPONSE && beganNanos != 0) {
            nanos.add(System.nanoTime() - beganNanos);
            beganNanos = 0;
        }
    }

    synchronized int count() {
        return nanos.size();
    }

    /// @param part 0.99 for the time that 99 of 100 did not exceed
    synchronized Duration percentile(double part) {
        List<Long> sorted = nanos.stream().sorted().toList();
        int at = (int) Math.ceil(part * sorted.size()) - 1;
        return sorted.isEmpty() ? Duration.ZERO : Duration.ofNanos(sorted.get(Math.max(0, at)));
    }
}
