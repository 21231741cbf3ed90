package io.podwire.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.podwire.logs.LogSource.Opened;

import org.junit.jupiter.api.Test;

class LogAnswersTest {
    private final LogAnswers answers = new LogAnswers(new KubernetesSerialization());

    @Test
    void everyCodeHasItsMeaning() {
        assertThat(answers.of(204, "")).isInstanceOf(Opened.Waiting.class);
        assertThat(answers.of(403, status("no"))).isEqualTo(new Opened.Forbidden("no"));
        assertThat(answers.of(404, status("pods \"p\" not found"))).isEqualTo(new Opened.NoPod());
        assertThat(answers.of(500, "")).isEqualTo(new Opened.Unavailable("HTTP 500"));
        assertThat(answers.of(503, " busy \n")).isEqualTo(new Opened.Unavailable("busy"));
        assertThat(answers.of(401, "x".repeat(5000)))
                .isEqualTo(new Opened.Unavailable("x".repeat(1000)));
    }

    @Test
    void badRequestIsReadByItsSentence() {
        String waits = "container \"a\" in pod \"p\" is waiting to start: ContainerCreating";
        String previous = "previous terminated container \"a\" in pod \"p\" not found";
        String other = "container x is not valid for pod p";
        String choose = "a container name must be specified for pod p, choose one of: [a b]";

        assertThat(answers.of(400, status(waits))).isEqualTo(new Opened.Waiting(waits));
        assertThat(answers.of(400, status(previous))).isEqualTo(new Opened.NoPrevious());
        assertThat(answers.of(400, status(other))).isEqualTo(new Opened.NoContainer(other));
        assertThat(answers.of(400, status(choose))).isEqualTo(new Opened.NoContainer(choose));
        assertThat(answers.of(400, status("else"))).isEqualTo(new Opened.Unavailable("else"));
    }

    private static String status(String message) {
        return "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"message\":\"%s\"}"
                .formatted(message.replace("\"", "\\\""));
    }
}
