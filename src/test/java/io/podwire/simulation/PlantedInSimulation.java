package io.podwire.simulation;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

import java.util.Map;

/// What planted bugs do in place of the real parts, at the ports.
final class PlantedInSimulation {
    private PlantedInSimulation() {}

    /// The offsets are committed at once, before and without the results.
    static void commitOffsetsAtOnce(
            SimulatedProducer producer,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            ConsumerGroupMetadata member) {
        if (!producer.broker().group().accepts(member.memberId(), member.generationId())) {
            throw new CommitFailedException("the generation is another: " + member);
        }
        offsets.forEach((at, offset) -> producer.broker().commit(at.partition(), offset));
    }
}
