package io.podwire.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceAccountPatternTest {
    @ParameterizedTest
    @CsvSource({"train,train", "*,a.b", "train-*,train-a", "team.?,team.a", "t.in,t.in"})
    void nameOfThePatternMatches(String glob, String name) {
        assertThat(new ServiceAccountPattern(glob).matches(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"train,train2", "train-*,my-train-a", "team.?,team.", "t.in,trin"})
    void everyOtherNameDoesNot(String glob, String name) {
        assertThat(new ServiceAccountPattern(glob).matches(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Train", "a/b", "a b", "system:x", "a\n"})
    void whatIsNoPatternIsRefusedByName(String glob) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServiceAccountPattern(glob))
                .withMessageContaining(glob);
    }
}
