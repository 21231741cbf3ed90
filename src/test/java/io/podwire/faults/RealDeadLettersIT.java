package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Comparator.comparingLong;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.codec.ReadEvent;
import io.podwire.testkit.OnRealCluster;
import io.podwire.testkit.RealCluster;
import io.podwire.testkit.SharedKafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// What is no command is told why, kept as it came, and holds nothing up.
@OnRealCluster
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RealDeadLettersIT {
    private static final int PARTITION = 1;
    private static final byte[] KEY = {0, (byte) 0xff, 'k'};
    private static final byte[] GARBAGE = {(byte) 0x80, 0, '{', (byte) 0xfe, '\n'};

    @TempDir private Path dir;
    private final KubernetesClient client = RealCluster.client();
    private WorkerBench bench;

    @BeforeEach
    void start() throws ExecutionException, InterruptedException {
        bench =
                new WorkerBench(
                        SharedKafka.bootstrapServers(),
                        RealCluster.kubeconfig().orElseThrow(),
                        RealCluster.newNamespace(client));
        bench.start(dir);
    }

    @AfterEach
    void stop() {
        bench.close();
        client.namespaces().withName(bench.namespace()).delete();
        client.close();
    }

    @Test
    void badRecordsGoToTheDeadLetters() throws InterruptedException {
        // Given
        List<byte[]> values =
                List.of(
                        GARBAGE,
                        command("teleport", "pod.teleport", "{\"name\":\"a\"}"),
                        command("colour", "pod.get", "{\"name\":\"a\",\"colour\":\"red\"}"),
                        command(
                                "cpu",
                                "pod.create",
                                """
                                {"pod":{"name":"a","image":"busybox:1.36",\
                                "resources":{"memory":"16Mi"}}}\
                                """));

        // When
        values.forEach(this::send);
        send(command("next", "pod.get", "{\"name\":\"a\"}"));

        // Then
        assertThat(bench.events().answer("next").json()).contains("NO_SUCH_POD");
        assertThat(bench.events().where(e -> e.body() instanceof ReadEvent.Rejected))
                .hasSize(4)
                .extracting(e -> ((ReadEvent.Rejected) e.body()).error())
                .extracting(ReadEvent.Problem::code)
                .containsOnly("COMMAND_INVALID");
        List<ConsumerRecord<byte[], byte[]>> letters =
                byOffsetOfTheOriginal(bench.readDeadLetters(4));
        assertThat(letters).extracting(ConsumerRecord::value).containsExactlyElementsOf(values);
        assertThat(letters).extracting(ConsumerRecord::key).containsOnly(KEY);
        assertThat(letters)
                .extracting(letter -> text(letter, "podwire-error-reason"))
                .containsExactly("MALFORMED_JSON", "UNKNOWN_TYPE", "UNKNOWN_FIELD", "RESOURCES");
        assertThat(letters)
                .extracting(letter -> text(letter, "podwire-error-pointer"))
                .containsExactly("", "/type", "/data/colour", "/data/pod/resources/cpu");
        assertThat(letters)
                .extracting(letter -> text(letter, "__dlq.errors.offset"))
                .containsExactly("0", "1", "2", "3");
        letters.forEach(this::assertSaysWhereItWas);
    }

    /// The garbage names no pod, so it is in no order with the commands of `a`.
    private static List<ConsumerRecord<byte[], byte[]>> byOffsetOfTheOriginal(
            List<ConsumerRecord<byte[], byte[]>> letters) {
        return letters.stream()
                .sorted(comparingLong(at -> Long.parseLong(text(at, "__dlq.errors.offset"))))
                .toList();
    }

    private void assertSaysWhereItWas(ConsumerRecord<byte[], byte[]> letter) {
        Header[] all = letter.headers().toArray();
        assertThat(Arrays.stream(all).limit(3).map(RealDeadLettersIT::shown))
                .containsExactly("trace=00ff", "trace=01", "empty=null");
        assertThat(text(letter, "__dlq.errors.topic")).isEqualTo(bench.commands());
        assertThat(text(letter, "__dlq.errors.partition")).isEqualTo("" + PARTITION);
        assertThat(text(letter, "__dlq.errors.group")).isEqualTo(bench.group());
        assertThat(text(letter, "__dlq.errors.message")).isNotEmpty();
        assertThat(text(letter, "podwire-error-code")).isEqualTo("COMMAND_INVALID");
    }

    private static String shown(Header header) {
        return header.key()
                + "="
                + (header.value() == null ? "null" : HexFormat.of().formatHex(header.value()));
    }

    private static String text(ConsumerRecord<byte[], byte[]> letter, String header) {
        Header found = letter.headers().lastHeader(header);
        return found == null ? "" : new String(found.value(), StandardCharsets.UTF_8);
    }

    private void send(byte[] value) {
        ProducerRecord<byte[], byte[]> sent =
                new ProducerRecord<>(bench.commands(), PARTITION, KEY, value);
        Headers headers = sent.headers();
        headers.add("trace", new byte[] {0, (byte) 0xff});
        headers.add("trace", new byte[] {1});
        headers.add("empty", null);
        bench.send(sent);
    }

    private static byte[] command(String id, String type, String data) {
        return WorkerBench.bytes(WorkerBench.envelope(id, type, data));
    }
}
