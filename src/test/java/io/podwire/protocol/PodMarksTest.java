package io.podwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PodMarksTest {
    @Test
    void groupIdThatIsALabelValueIsKept() {
        assertThat(PodMarks.groupLabel("podwire-gpu.eu_1")).isEqualTo("podwire-gpu.eu_1");
    }

    @Test
    void otherGroupIdsBecomeLegalAndStayApart() {
        // When
        String one = PodMarks.groupLabel("team a/podwire");
        String other = PodMarks.groupLabel("team a:podwire");

        // Then
        assertThat(one).startsWith("team-a-podwire-").isNotEqualTo(other);
        assertThat(PodMarks.groupLabel("x".repeat(200))).hasSize(63);
        assertThat(PodMarks.groupLabel("///")).matches("[A-Za-z0-9][-A-Za-z0-9_.]*[A-Za-z0-9]");
    }
}
