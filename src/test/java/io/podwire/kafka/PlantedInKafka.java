package io.podwire.kafka;

import io.podwire.codec.StateCodec;
import io.podwire.ledger.Ledger;

import org.apache.kafka.common.TopicPartition;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What planted bugs do in place of the real parts, see `io.podwire.simulation`.
public final class PlantedInKafka {
    private PlantedInKafka() {}

    /// Nothing is read.
    static Map<Integer, Restored> readNothing(
            StateRestore restore, Collection<TopicPartition> commands) {
        Map<Integer, Restored> nothing = new HashMap<>();
        for (TopicPartition at : commands) {
            nothing.put(
                    at.partition(), new Restored(at.partition(), new StateCodec(), new Packing()));
        }
        return nothing;
    }

    /// Facts of lost partitions, too.
    static List<Submission> keepLost(List<Submission> facts) {
        return facts;
    }

    static boolean guessAborted(
            Transactions.CommittedOffsets offsets, TopicPartition partition, String marker) {
        return false;
    }

    static boolean guessCommitted(
            Transactions.CommittedOffsets offsets, TopicPartition partition, String marker) {
        return true;
    }

    /// The newest states hold whether the transaction is committed or not.
    static Batch foldForGood(Ledger ledger, List<Submission> facts) {
        Batch batch = Batch.fold(ledger, facts);
        batch.states().forEach((key, state) -> key.partition().committed(state));
        return batch;
    }

    /// As if all before the newest settled one were settled.
    static long afterNewest(OffsetWindow window) {
        return window.committable() + window.unsettled();
    }
}
