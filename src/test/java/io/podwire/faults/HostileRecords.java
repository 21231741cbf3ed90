package io.podwire.faults;

import static io.podwire.faults.HostileList.bytes;
import static io.podwire.protocol.ErrorReason.EMPTY;
import static io.podwire.protocol.ErrorReason.LIMIT_EXCEEDED;
import static io.podwire.protocol.ErrorReason.MALFORMED_JSON;
import static io.podwire.protocol.ErrorReason.SCHEMA;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/// Hostile records whose bytes are none of JSON, or too many: kinds 1 to 13, and 18.
final class HostileRecords {
    /// Its dead letter does not fit a topic of the usual size, however compressed.
    static final String TOO_LARGE_TO_KEEP = "5 MB of noise";

    private HostileRecords() {}

    static void list(HostileList list) {
        nothing(list);
        notJson(list);
        notAnObject(list);
        tooMuch(list);
        headers(list);
    }

    private static void nothing(HostileList list) {
        list.record(1, "no value", Optional.empty(), HostileInput.answer(EMPTY));
        list.bytes(1, "empty value", new byte[0], EMPTY);
        // Any key is accepted: what names the pod is the command.
        HostileSeat seat = list.seat();
        list.keyed(2, "no key", Optional.empty(), seat.goodCommand(list.id()));
        Optional<byte[]> other = Optional.of(bytes("other/pod"));
        list.keyed(3, "another pod's key", other, seat.goodCommand(list.id()));
    }

    private static void notJson(HostileList list) {
        byte[] good = bytes(list.seat().goodCommand(list.id()));
        list.bytes(4, "1 kB of noise", noise(1000), MALFORMED_JSON);
        list.text(5, "truncated", "{'specversion':'1.0','id':'c-1','sour", MALFORMED_JSON);
        list.bytes(6, "byte order mark", concat(new byte[] {-17, -69, -65}, good), MALFORMED_JSON);
        String utf16 = new String(good, StandardCharsets.UTF_8);
        list.bytes(6, "UTF-16", utf16.getBytes(StandardCharsets.UTF_16), MALFORMED_JSON);
        list.bytes(7, "second document", concat(good, bytes(" {}")), MALFORMED_JSON);
    }

    private static void notAnObject(HostileList list) {
        list.text(8, "array", "[]", SCHEMA);
        list.text(8, "string", "'x'", SCHEMA);
        list.text(8, "number", "1", SCHEMA);
        list.text(8, "null", "null", SCHEMA);
    }

    private static void tooMuch(HostileList list) {
        list.text(9, "100 levels", "{'a':" + "[".repeat(100), LIMIT_EXCEEDED);
        list.text(9, "100k brackets", "{'a':" + "[".repeat(100_000), LIMIT_EXCEEDED);
        list.text(9, "100k objects", "{'a':".repeat(100_000), LIMIT_EXCEEDED);
        list.text(9, "array of 100k brackets", "[".repeat(100_000), SCHEMA);
        list.bytes(10, "5 million tokens", Large.TOKENS, LIMIT_EXCEEDED);
        list.text(10, "500k tokens", "{'a':[" + "1,".repeat(500_000) + "1]}", LIMIT_EXCEEDED);
        list.bytes(11, "15 MB string", Large.STRING, LIMIT_EXCEEDED);
        list.bytes(11, TOO_LARGE_TO_KEEP, Large.NOISE, LIMIT_EXCEEDED);
        list.text(12, "1.1 MiB", " ".repeat(1_150_000), LIMIT_EXCEEDED);
        list.text(13, "999 digits", "{'a':" + "9".repeat(999) + "}", LIMIT_EXCEEDED);
        list.pod(13, "x", "1e999999999", LIMIT_EXCEEDED);
        list.pod(13, "x", "NaN", MALFORMED_JSON);
    }

    private static void headers(HostileList list) {
        Optional<byte[]> good = Optional.of(bytes(list.seat().goodCommand(list.id())));
        Header[] many =
                IntStream.range(0, 10_000)
                        .mapToObj(i -> new RecordHeader("h" + i, new byte[1]))
                        .toArray(Header[]::new);
        String tooMany = HostileInput.answer(LIMIT_EXCEEDED);
        list.record(18, "10k headers", good, tooMany, many);
        list.record(18, "1 MB header", good, tooMany, new RecordHeader("h", Large.HEADER));
        byte[] noText = {(byte) 0xff};
        list.record(
                18,
                "attribute not UTF-8",
                good,
                HostileInput.answer(SCHEMA),
                new RecordHeader("ce_id", noText));
        // The headers of others are theirs.
        list.record(
                18,
                "other header not UTF-8",
                Optional.of(bytes(list.seat().goodCommand(list.id()))),
                HostileInput.SUCCEEDED,
                new RecordHeader("x", noText));
    }

    /// Texts that no compression makes much shorter.
    static List<String> arguments(int count, int chars) {
        String all = Base64.getEncoder().encodeToString(noise(count * chars));
        return IntStream.range(0, count)
                .mapToObj(i -> all.substring(i * chars, (i + 1) * chars))
                .toList();
    }

    private static byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        new Random(1).nextBytes(noise);
        return noise;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] all = new byte[first.length + second.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    /// Made once.
    private static final class Large {
        static final byte[] TOKENS = bytes("[" + "1,".repeat(5_000_000) + "1]");
        static final byte[] STRING = bytes("\"" + "x".repeat(15_000_000) + "\"");

        static final byte[] NOISE = noise(5_000_000);
        static final byte[] HEADER = new byte[1_000_000];
    }
}
