package io.podwire.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import java.util.Map;

class RestoreProgressTest {
    private static final TopicPartition ONE = new TopicPartition("pod-states", 1);
    private static final TopicPartition TWO = new TopicPartition("pod-states", 2);

    @Test
    void percentIsOfTheOffsetsThatThereWereAtTheBeginning() {
        // Given
        Map<TopicPartition, Long> ends = Map.of(ONE, 1_100L, TWO, 300L);
        var progress = new RestoreProgress(ends, at -> at.equals(ONE) ? 100 : 300);

        // Then
        assertThat(progress.percent(at -> at.equals(ONE) ? 100 : 300)).isZero();
        assertThat(progress.percent(at -> at.equals(ONE) ? 850 : 300)).isEqualTo(75);
        assertThat(progress.percent(at -> at.equals(ONE) ? 1_100 : 305)).isEqualTo(100);
    }

    @Test
    void nothingToReadIsAllOfIt() {
        assertThat(new RestoreProgress(Map.of(ONE, 0L), _ -> 0).percent(_ -> 0)).isEqualTo(100);
    }
}
