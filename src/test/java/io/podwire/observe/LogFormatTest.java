package io.podwire.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

class LogFormatTest {
    private final LoggerContext context = new LoggerContext();

    @AfterEach
    void forgetTheProperty() {
        System.clearProperty("podwire.log.format");
        context.stop();
    }

    @Test
    void peopleGetTextAndProgramsGetJson() {
        // When
        // Then
        assertThat(LogFormat.choose("auto", true)).isEqualTo("text");
        assertThat(LogFormat.choose("auto", false)).isEqualTo("json");
    }

    @Test
    void wishWinsAndAMisspeltOneIsAuto() {
        // When
        // Then
        assertThat(LogFormat.choose("json", true)).isEqualTo("json");
        assertThat(LogFormat.choose("text", false)).isEqualTo("text");
        assertThat(LogFormat.choose("jsn", false)).isEqualTo("json");
    }

    @Test
    void jsonLineHasTheMessageAndEachKeyAsAFieldOfItsOwn() throws JoranException {
        // When
        String line = logged("json");

        // Then
        assertThat(line)
                .startsWith("{")
                .contains("\"message\":\"pod created\"")
                .contains("\"attempts\":3")
                .contains("\"commandId\":\"c-1\"")
                .contains("\"level\":\"INFO\"")
                .doesNotContain("level_value");
        assertThat(line.lines()).hasSize(1);
    }

    @Test
    void textLineHasTheSameForPeople() throws JoranException {
        // When
        String line = logged("text");

        // Then
        assertThat(line).contains("INFO").contains("pod created").contains("commandId=c-1");
        assertThat(line.lines()).hasSize(1);
    }

    @Test
    void clientsOfOthersAreHeardFromWarnOnly() throws JoranException {
        // When
        logged("text");

        // Then
        assertThat(context.getLogger("org.apache.kafka.clients.Metadata").isInfoEnabled())
                .isFalse();
        assertThat(context.getLogger("io.fabric8.kubernetes.client").isWarnEnabled()).isTrue();
        assertThat(context.getLogger("io.podwire.kafka.Intake").isInfoEnabled()).isTrue();
    }

    private String logged(String format) throws JoranException {
        System.setProperty("podwire.log.format", format);
        var written = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        try {
            context.setMDCAdapter(new LogbackMDCAdapter());
            var configurator = new JoranConfigurator();
            configurator.setContext(context);
            configurator.doConfigure(LogFormat.class.getResource("/logback.xml"));
            context.getLogger("io.podwire.kafka.Intake")
                    .atInfo()
                    .addKeyValue("commandId", "c-1")
                    .addKeyValue("attempts", 3)
                    .log("pod created");
        } finally {
            System.setErr(before);
        }
        return written.toString(StandardCharsets.UTF_8);
    }
}
