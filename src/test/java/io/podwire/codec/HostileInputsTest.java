package io.podwire.codec;

import static io.podwire.codec.Records.command;
import static io.podwire.codec.Records.createOf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import io.podwire.protocol.Command;
import io.podwire.protocol.CommandError;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.Delivery.Header;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Inputs made to harm: the decoder answers each, soon, and is none the worse for it.
class HostileInputsTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @ParameterizedTest
    @MethodSource("strange")
    void whatIsOnlyStrangeIsAccepted(Delivery delivery) {
        // When
        Command command = Records.valid(delivery);

        // Then
        assertThat(command.pod().key()).isEqualTo("jobs/train");
    }

    static Stream<Delivery> strange() {
        byte[] good = Records.json(createOf()).getBytes(StandardCharsets.UTF_8);
        Header noText = new Header("x", Optional.of(new byte[] {(byte) 0xff}));
        return Stream.of(
                keyed(good, Optional.empty(), List.of()),
                keyed(good, Optional.of(new byte[] {(byte) 0xff}), List.of()),
                keyed(good, Optional.of("other/pod".getBytes(StandardCharsets.UTF_8)), List.of()),
                keyed(good, Optional.empty(), List.of(noText)),
                Records.bytes(good, "principal", "admin", "tenant", "other"),
                Records.bare(createOf("env", "[{'name':'A','value':'$(A)$(B)'}]")),
                Records.bare(createOf("env", "[{'name':'LD_PRELOAD','value':'x'}]")),
                Records.bare(createOf("args", "['\\ud83d\\ude00', '\\u202e']")),
                Records.bare(createOf("image", "'xn--80ak6aa92e.example/x'")),
                Records.bare("\n\t " + createOf() + "\r\n"),
                Records.bare(
                        createOf().replaceFirst("\\{", "{'expirytime':'9999-12-31T23:59:59Z',")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a.", "a/", "a-", "a", "1", "../", "%", "$(A)", ":", "@", "😀", " ", "*"})
    void longTextInAnyFieldIsAnsweredSoon(String part) throws IOException {
        // Given
        String hostile = part.repeat(200_000 / part.length());
        List<byte[]> records = new ArrayList<>();
        for (String example : List.of("pod-create.full", "pod-logs", "pod-delete")) {
            JsonNode message = example(example);
            records.addAll(withEachText(message, message, hostile + "!"));
        }

        // When
        List<Decoded> decoded =
                assertTimeoutPreemptively(
                        SOON, () -> records.stream().map(HostileInputsTest::decode).toList());

        // Then
        assertThat(decoded).hasSizeGreaterThan(70);
    }

    @ParameterizedTest
    @MethodSource("crowds")
    void thousandsOfMistakesAreAnsweredSoonAndInShort(String json) {
        // Given
        Delivery delivery = Records.bare(json);
        assertThat(delivery.bytes()).isLessThan(1 << 20);

        // When
        CommandError error =
                assertTimeoutPreemptively(Duration.ofSeconds(5), () -> Records.refused(delivery));

        // Then
        assertThat(error.causes()).hasSizeLessThanOrEqualTo(20);
        assertThat(error.message()).hasSizeLessThan(600);
    }

    static Stream<String> crowds() {
        return Stream.of(
                command(
                        "io.podwire.pod.create.v1",
                        "{'pod':{"
                                + crowd(14_000, i -> "'imagimagimagimagimagimagimagima" + i + "':1")
                                + "}}"),
                createOf("labels", "{" + crowd(24_000, i -> "'-l" + i + "':'x'") + "}"),
                createOf("labels", "{" + crowd(24_000, i -> "'l" + i + "':1") + "}"),
                createOf("env", "[" + crowd(12_000, i -> "{'name':'A " + i + "'}") + "]"),
                createOf("env", "[" + crowd(12_000, i -> "{'nam':'A" + i + "'}") + "]"),
                createOf("volumes", "[" + crowd(12_000, _ -> "{'mountPath':'..'}") + "]"),
                createOf("volumes", "[" + crowd(24_000, _ -> "{}") + "]"),
                createOf("tolerations", "[" + crowd(24_000, _ -> "{}") + "]"),
                createOf("args", "[" + crowd(49_000, Integer::toString) + "]"));
    }

    private static String crowd(int count, IntFunction<String> each) {
        return IntStream.range(0, count).mapToObj(each).collect(Collectors.joining(","));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pod-create.full", "pod-logs", "pod-delete", "command-cancel"})
    void everyDamagedRecordIsAnswered(String example) throws IOException {
        // Given
        byte[] good = Files.readAllBytes(path(example));
        Random random = new Random(example.hashCode());

        // When
        long refused =
                Stream.generate(() -> damaged(good, random))
                        .limit(3000)
                        .map(HostileInputsTest::decode)
                        .filter(Decoded.Invalid.class::isInstance)
                        .count();

        // Then
        assertThat(refused).isBetween(1L, 2999L);
    }

    @Test
    void goodCommandAfterEachBadOneIsReadAsEver() {
        // Given
        Command before = Records.valid(createOf());
        List<Bad> bad = new ArrayList<>();
        Stream.of(
                        BadInputsTest.records(),
                        BadInputsTest.json(),
                        BadInputsTest.envelopes(),
                        BadCommandsTest.names(),
                        BadCommandsTest.resources(),
                        BadCommandsTest.commands(),
                        BadPodConfigsTest.pods())
                .forEach(stream -> stream.forEach(bad::add));

        // When
        List<Command> after = new ArrayList<>();
        for (Bad each : bad) {
            Records.refused(each.delivery());
            after.add(Records.valid(createOf()));
        }

        // Then
        assertThat(after).hasSizeGreaterThan(150).allMatch(before::equals);
    }

    /// One copy of the message for each text in it, with that text replaced.
    private static List<byte[]> withEachText(JsonNode root, JsonNode node, String text) {
        List<byte[]> all = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            for (String name :
                    List.copyOf(object.properties().stream().map(e -> e.getKey()).toList())) {
                JsonNode old = object.get(name);
                if (old.isTextual() && !name.equals("type") && !name.equals("specversion")) {
                    object.set(name, TextNode.valueOf(text));
                    all.add(bytes(root));
                    object.set(name, old);
                } else {
                    all.addAll(withEachText(root, old, text));
                }
            }
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                JsonNode old = array.get(i);
                if (old.isTextual()) {
                    array.set(i, TextNode.valueOf(text));
                    all.add(bytes(root));
                    array.set(i, old);
                } else {
                    all.addAll(withEachText(root, old, text));
                }
            }
        }
        return all;
    }

    private static byte[] bytes(JsonNode root) {
        return root.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// Some bytes changed, doubled or dropped.
    private static byte[] damaged(byte[] good, Random random) {
        byte[] bytes = good.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = good[random.nextInt(good.length)];
                case 2 -> bytes = Arrays.copyOf(bytes, at + 1);
                default -> System.arraycopy(good, 0, bytes, at, Math.min(8, bytes.length - at));
            }
        }
        return bytes;
    }

    private static Decoded decode(byte[] value) {
        return Records.DECODER.decode(Records.bytes(value));
    }

    private static JsonNode example(String name) throws IOException {
        return SchemaFiles.JSON.readTree(Files.readAllBytes(path(name)));
    }

    private static java.nio.file.Path path(String example) {
        return SchemaFiles.FOLDER.resolve("examples").resolve(example + ".json");
    }

    private static Delivery keyed(byte[] value, Optional<byte[]> key, List<Header> headers) {
        return new Delivery(Records.REF, key, Optional.of(value), headers, Records.TIMESTAMP);
    }
}
