package io.podwire.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podwire.protocol.Standing;
import io.podwire.protocol.Tenancy;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Optional;

class TenancyGuardTest {
    private static final Map<String, String> TOPICS =
            Map.of("pod-commands", "c1", "pod-events", "e1");
    private static final Tenancy OURS = new Tenancy("podwire", TOPICS, Optional.of("k1"));

    private Optional<String> cluster = Optional.of("k1");
    private final TenancyGuard guard =
            new TenancyGuard("podwire", TOPICS, () -> cluster, "pod-states");

    @Test
    void partitionInWhichNothingWasSettledServesWhoComesFirst() throws InterruptedException {
        assertThat(guard.admit(Optional.empty())).isEqualTo(OURS);
    }

    @Test
    void whoIsServedAlreadyIsServedOn() throws InterruptedException {
        assertThat(guard.admit(standing(OURS))).isEqualTo(OURS);
    }

    @Test
    void anotherGroupIsRefusedAndToldWhoseTheTopicsAre() {
        assertThatThrownBy(
                        () -> guard.admit(standing(new Tenancy("night", TOPICS, OURS.cluster()))))
                .isInstanceOf(TopicLayout.Flawed.class)
                .hasMessageContaining("serves the group night, not podwire")
                .hasMessageContaining("set group.id=night");
    }

    @Test
    void anotherClusterIsRefusedAndToldWhich() {
        assertThatThrownBy(
                        () ->
                                guard.admit(
                                        standing(
                                                new Tenancy("podwire", TOPICS, Optional.of("k0")))))
                .isInstanceOf(TopicLayout.Flawed.class)
                .hasMessageContaining("kube-system namespace has the uid k0, not k1")
                .hasMessageContaining("kubernetes.kubeconfig");
    }

    @Test
    void topicThatWasMadeAnewIsRefusedByItsName() {
        Map<String, String> before = Map.of("pod-commands", "c0", "pod-events", "e1");
        assertThatThrownBy(
                        () -> guard.admit(standing(new Tenancy("podwire", before, OURS.cluster()))))
                .isInstanceOf(TopicLayout.Flawed.class)
                .hasMessageContaining("the topic pod-commands was made anew (id c1, was c0)")
                .hasMessageContaining("make a new set of topics");
    }

    @Test
    void statesOfOtherTopicsAreRefused() {
        Map<String, String> before = Map.of("jobs", "c0");
        assertThatThrownBy(
                        () -> guard.admit(standing(new Tenancy("podwire", before, OURS.cluster()))))
                .isInstanceOf(TopicLayout.Flawed.class)
                .hasMessageContaining("remembers commands or events of the topic jobs");
    }

    @Test
    void clusterThatMayNotBeKnownIsNotForgotten() throws InterruptedException {
        // Given
        cluster = Optional.empty();

        // Then
        assertThat(guard.admit(standing(OURS))).isEqualTo(OURS);
        assertThat(guard.admit(Optional.empty()).cluster()).isEmpty();
    }

    private static Optional<Standing> standing(Tenancy tenancy) {
        return Optional.of(new Standing(7, tenancy));
    }
}
