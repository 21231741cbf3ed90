package io.podwire.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.kafka.TopicPlan.Step;

import org.junit.jupiter.api.Test;

import java.util.Map;

class TopicPlanTest {
    private static final Topics TOPICS = new Topics("in", "out", "states", "dead");

    @Test
    void allAreMadeWhereNoneIsThere() {
        // When
        TopicPlan plan = TopicPlan.of(TOPICS, Map.of(), 4);

        // Then
        assertThat(plan.missing())
                .containsExactly(
                        new Step("in", false, 4),
                        new Step("out", false, 4),
                        new Step("states", false, 4),
                        new Step("dead", false, 4));
        assertThat(plan.flaw()).isEmpty();
    }

    @Test
    void whatIsMissingGetsAsManyPartitionsAsTheOthersHave() {
        // When
        TopicPlan plan = TopicPlan.of(TOPICS, Map.of("in", 12, "dead", 1, "others", 3), 6);

        // Then
        assertThat(plan.steps())
                .containsExactly(
                        new Step("in", true, 12),
                        new Step("out", false, 12),
                        new Step("states", false, 12),
                        new Step("dead", true, 1));
        assertThat(plan.flaw()).isEmpty();
    }

    @Test
    void unequalTopicsCannotBeMended() {
        // When
        TopicPlan plan = TopicPlan.of(TOPICS, Map.of("in", 12, "states", 6), 6);

        // Then
        assertThat(plan.flaw())
                .contains(
                        "commands, events and states must have equally many partitions, not {in=12,"
                                + " states=6}: make a new set of topics");
    }
}
