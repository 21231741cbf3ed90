package io.podwire.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;

class KafkaKeysTest {
    @Test
    void commonSettingsReachEveryClientAndItsOwnWin() {
        // When
        WorkerSettings.Clients clients =
                Loading.good(
                                Loading.set(
                                        "kafka.bootstrap.servers= a:1 ",
                                        "kafka.request.timeout.ms=1",
                                        "kafka.consumer.request.timeout.ms=2",
                                        "kafka.consumer.max.poll.records=3",
                                        "kafka.producer.linger.ms=4",
                                        "kafka.admin.retries=5"))
                        .kafka()
                        .clients();

        // Then
        assertThat(clients.consumer())
                .containsOnly(
                        entry("bootstrap.servers", "a:1"),
                        entry("request.timeout.ms", "2"),
                        entry("max.poll.records", "3"));
        assertThat(clients.producer())
                .containsOnly(
                        entry("bootstrap.servers", "a:1"),
                        entry("request.timeout.ms", "1"),
                        entry("linger.ms", "4"));
        assertThat(clients.admin())
                .containsOnly(
                        entry("bootstrap.servers", "a:1"),
                        entry("request.timeout.ms", "1"),
                        entry("retries", "5"));
    }

    @Test
    void theirTextIsPassedOnAsItIs() {
        // When
        Loaded loaded =
                Loading.set(
                        "kafka.ssl.endpoint.identification.algorithm=",
                        "kafka.sasl.jaas.config= a=b; ");

        // Then
        assertThat(Loading.good(loaded).kafka().clients().producer())
                .containsOnly(
                        entry("ssl.endpoint.identification.algorithm", ""),
                        entry("sasl.jaas.config", " a=b; "));
    }

    @Test
    void environmentSetsThemByUnderscores() {
        // When
        Loaded loaded =
                Loading.environment(
                        Map.of(
                                "PODWIRE_KAFKA_SECURITY_PROTOCOL", "SSL",
                                "PODWIRE_KAFKA_CONSUMER_MAX_POLL_RECORDS", "7"));

        // Then
        assertThat(Loading.good(loaded).kafka().clients().consumer())
                .containsOnly(entry("security.protocol", "SSL"), entry("max.poll.records", "7"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "enable.auto.commit",
                "isolation.level",
                "transactional.id",
                "enable.idempotence",
                "acks",
                "key.serializer",
                "value.serializer",
                "key.deserializer",
                "value.deserializer",
                "group.id",
                "auto.offset.reset",
                "allow.auto.create.topics",
                "partition.assignment.strategy",
                "transaction.two.phase.commit.enable",
            })
    void whatWouldBreakAPromiseIsRefusedWithTheReason(String name) {
        // When
        List<String> mistakes =
                Loading.mistakes(
                        Loading.set(
                                "kafka." + name + "=x",
                                "kafka.consumer." + name + "=x",
                                "kafka.producer." + name + "=x",
                                "kafka.admin." + name + "=x"));

        // Then
        assertThat(mistakes)
                .hasSize(4)
                .allSatisfy(
                        it ->
                                assertThat(it)
                                        .matches("kafka\\.\\S+ \\(--set\\) cannot be set: .{10,}"));
    }

    @Test
    void brokersAreTheSameForAllClients() {
        // When
        List<String> mistakes = Loading.mistakes(Loading.set("kafka.admin.bootstrap.servers=a:1"));

        // Then
        assertThat(mistakes)
                .containsExactly(
                        "kafka.admin.bootstrap.servers (--set) cannot be set: all clients use the"
                                + " brokers of kafka.bootstrap.servers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka.=x", "kafka.producer.=x"})
    void prefixAloneIsNoSetting(String assignment) {
        // When
        List<String> mistakes = Loading.mistakes(Loading.set(assignment));

        // Then
        assertThat(mistakes).singleElement().asString().contains("name of the client's setting");
    }

    @Test
    void settingsPrintedAsAWholeShowNoPassword() {
        // Given
        Loaded loaded = Loading.set("kafka.ssl.key.password=hunter2");

        // When
        String text = loaded.toString();

        // Then
        assertThat(text).contains("ssl.key.password").doesNotContain("hunter2");
    }
}
