package io.podwire.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;
import java.util.TreeSet;

class OffsetWindowTest {
    private final OffsetWindow window = new OffsetWindow(10);

    @Test
    void offsetNeverPassesARecordThatIsNotSettled() {
        // Given
        window.add(10, 5);
        window.add(11, 5);
        window.add(14, 5); // 12 and 13 are transaction markers

        // When
        window.settle(11);
        window.settle(14);

        // Then
        assertThat(window.committable()).isEqualTo(10);
        assertThat(window.unsettled()).isEqualTo(1);
        assertThat(window.bytes()).isEqualTo(5);
        window.settle(10);
        assertThat(window.committable()).isEqualTo(15);
    }

    @Test
    void settlingTwiceIsOnce() {
        // Given
        window.add(10, 5);
        window.add(11, 7);

        // When
        window.settle(11);
        window.settle(11);

        // Then
        assertThat(window.unsettled()).isEqualTo(1);
        assertThat(window.bytes()).isEqualTo(5);
    }

    @Test
    void emptyWindowCommitsWhereReadingBegan() {
        assertThat(window.committable()).isEqualTo(10);
    }

    @Test
    void anyOrderOfSettlingKeepsThePromise() {
        SplittableRandom random = new SplittableRandom(42);
        TreeSet<Long> open = new TreeSet<>();
        long next = 10;
        for (int step = 0; step < 20_000; step++) {
            if (open.isEmpty() || (random.nextInt(3) > 0 && open.size() < 50)) {
                next += random.nextInt(3);
                window.add(next, 1);
                open.add(next++);
            } else {
                Long any =
                        open.stream().skip(random.nextInt(open.size())).findFirst().orElseThrow();
                open.remove(any);
                window.settle(any);
            }
            assertThat(window.unsettled()).isEqualTo(open.size());
            if (!open.isEmpty()) {
                assertThat(window.committable()).isLessThanOrEqualTo(open.first());
            }
        }
        open.forEach(window::settle);
        assertThat(window.committable()).isEqualTo(next);
    }
}
