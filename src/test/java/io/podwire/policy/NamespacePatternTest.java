package io.podwire.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamespacePatternTest {
    @ParameterizedTest
    @CsvSource({
        "jobs,jobs",
        "*,jobs",
        "team-*,team-a",
        "team-*,team-",
        "*-dev,team-a-dev",
        "team-*-dev,team-a-dev",
        "team-*-dev,team-a-b-dev",
        "team-*-dev,team-a-dev-dev",
        "team-**-dev,team-a-dev",
        "*a*b*,xaybz",
        "team-?,team-a",
        "t??m-*,team-",
        "*?,a"
    })
    void namespaceOfThePatternMatches(String glob, String namespace) {
        assertThat(new NamespacePattern(glob).matches(namespace)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "jobs,jobs2",
        "jobs,my-jobs",
        "team-*,team",
        "*-dev,dev",
        "team-*-dev,team-dev",
        "team-*-dev,team-a-dev2",
        "team-?,team-",
        "team-?,team-ab",
        "*,kube.system"
    })
    void everyOtherNamespaceDoesNot(String glob, String namespace) {
        assertThat(new NamespacePattern(glob).matches(namespace)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"jobs,false", "team-*,true", "team-?,true"})
    void patternStandsForMoreThanOneName(String glob, boolean open) {
        assertThat(new NamespacePattern(glob).open()).isEqualTo(open);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Jobs", "a/b", "a.b", "[a]", "a b", "a\n"})
    void whatIsNoPatternIsRefusedByName(String glob) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NamespacePattern(glob))
                .withMessageContaining(glob);
    }
}
