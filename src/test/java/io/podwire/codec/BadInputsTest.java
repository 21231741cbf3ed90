package io.podwire.codec;

import static io.podwire.codec.Bad.bad;
import static io.podwire.codec.Records.command;
import static io.podwire.codec.Records.createOf;
import static io.podwire.protocol.ErrorReason.*;

import io.podwire.protocol.CommandError;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.Delivery.Header;
import io.podwire.protocol.ErrorReason;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/// Records that are no command, whatever they were meant to be.
class BadInputsTest {
    private static final String GET = "io.podwire.pod.get.v1";

    @ParameterizedTest
    @MethodSource({"records", "json", "envelopes"})
    void badInputIsRefusedWithItsReasonAndPlace(Bad bad) {
        // When
        CommandError error = Records.refused(bad.delivery());

        // Then
        bad.assertTold(error);
    }

    static Stream<Bad> records() {
        byte[] good = ascii(Records.json(createOf()));
        return Stream.of(
                new Bad("no value", noValue(Optional.empty()), EMPTY, ""),
                new Bad("empty value", noValue(Optional.of(new byte[0])), EMPTY, ""),
                raw("bytes", new byte[] {(byte) 0xfe, 1, 2, 3, 4, 5}, MALFORMED_JSON),
                raw("1 kB of noise", noise(1000), MALFORMED_JSON),
                raw("registry", new byte[] {0, 0, 0, 0, 7, '{', '}'}, MALFORMED_JSON),
                raw("byte order mark", concat(new byte[] {-17, -69, -65}, good), MALFORMED_JSON),
                raw("UTF-16", createOf().getBytes(StandardCharsets.UTF_16), MALFORMED_JSON),
                raw("1.1 MiB", ascii(" ".repeat(1_150_000)), LIMIT_EXCEEDED),
                raw("5 million tokens", ascii("[" + "1,".repeat(5_000_000) + "1]"), LIMIT_EXCEEDED),
                raw("15 MB string", ascii("\"" + "x".repeat(15_000_000) + "\""), LIMIT_EXCEEDED),
                new Bad("10k headers", headers(good, 10_000, 1), LIMIT_EXCEEDED, ""),
                new Bad("1 MB header", headers(good, 1, 1_000_000), LIMIT_EXCEEDED, ""),
                new Bad(
                        "batch",
                        Records.bytes(good, "content-type", "application/cloudevents-batch+json"),
                        SCHEMA,
                        ""),
                new Bad(
                        "avro",
                        Records.bytes(good, "content-type", "application/cloudevents+avro"),
                        SCHEMA,
                        ""),
                new Bad(
                        "binary without data",
                        Records.bytes(new byte[0], "ce_id", "1", "ce_specversion", "1.0"),
                        EMPTY,
                        "/data"),
                new Bad(
                        "attribute header twice",
                        Records.bytes(good, "ce_id", "1", "ce_id", "2"),
                        DUPLICATE_FIELD,
                        "/id"),
                new Bad(
                        "data as a header",
                        Records.bytes(good, "ce_data", "1"),
                        UNKNOWN_FIELD,
                        "/data"),
                new Bad("header not UTF-8", brokenHeader(good), SCHEMA, "/id"));
    }

    static Stream<Bad> json() {
        return Stream.of(
                bad("truncated", "{'specversion':'1.0','id':'c-1','sour", MALFORMED_JSON, ""),
                bad("only blanks", "   ", MALFORMED_JSON, ""),
                bad("second document", createOf() + " {}", MALFORMED_JSON, ""),
                bad("trailing garbage", createOf() + " x", MALFORMED_JSON, ""),
                bad("array", "[]", SCHEMA, ""),
                bad("string", "'x'", SCHEMA, ""),
                bad("number", "1", SCHEMA, ""),
                bad("null", "null", SCHEMA, ""),
                bad("a word", "s3cr3t-canary", MALFORMED_JSON, ""),
                bad("100 levels", "{'a':" + "[".repeat(100), LIMIT_EXCEEDED, ""),
                bad("100k brackets", "[".repeat(100_000), SCHEMA, ""),
                bad("100k brackets inside", "{'a':" + "[".repeat(100_000), LIMIT_EXCEEDED, ""),
                bad("many tokens", "{'a':[" + "1,".repeat(100_000) + "1]}", LIMIT_EXCEEDED, ""),
                bad("long string", "{'a':'" + "x".repeat(300_000) + "'}", LIMIT_EXCEEDED, ""),
                bad("long name", "{'" + "x".repeat(321) + "':1}", LIMIT_EXCEEDED, ""),
                bad("long number", "{'a':" + "9".repeat(999) + "}", LIMIT_EXCEEDED, ""),
                bad("huge number", createOf("x", "1e999999999"), LIMIT_EXCEEDED, "/data/pod/x"),
                bad("NaN", createOf("x", "NaN"), MALFORMED_JSON, ""),
                bad(
                        "lone surrogate",
                        createOf("args", "['\\ud800']"),
                        MALFORMED_JSON,
                        "/data/pod/args/0"),
                bad("NUL", createOf("args", "['a\\u0000']"), SCHEMA, "/data/pod/args/0"),
                bad(
                        "field twice",
                        "{'specversion':'1.0','data':{'pod':{'image':'a','image':'b'}}}",
                        DUPLICATE_FIELD,
                        "/data/pod/image"));
    }

    static Stream<Bad> envelopes() {
        String good = createOf();
        return Stream.of(
                bad("no CloudEvent", "{'pod':{}}", SCHEMA, "/specversion"),
                bad(
                        "other specversion",
                        good.replace("'1.0'", "'0.3'"),
                        UNSUPPORTED_VERSION,
                        "/specversion"),
                bad("no id", good.replace("'id':'c-1',", ""), ID_INVALID, "/id"),
                bad("empty id", good.replace("c-1", ""), ID_INVALID, "/id"),
                bad("number as id", good.replace("'c-1'", "7"), ID_INVALID, "/id"),
                bad("long id", good.replace("c-1", "i".repeat(129)), ID_INVALID, "/id"),
                bad("newline in id", good.replace("c-1", "a\\nb"), ID_INVALID, "/id"),
                bad("NUL in id", good.replace("c-1", "a\\u0000b"), ID_INVALID, "/id"),
                bad("10k id", good.replace("c-1", "i".repeat(10_000)), ID_INVALID, "/id"),
                bad("RTL override in id", good.replace("c-1", "a\u202Eb"), ID_INVALID, "/id"),
                bad("no source", good.replace("'source':'/tests',", ""), SCHEMA, "/source"),
                bad(
                        "no type",
                        good.replace("'type':'io.podwire.pod.create.v1',", ""),
                        SCHEMA,
                        "/type"),
                bad("v2", good.replace("create.v1", "create.v2"), UNSUPPORTED_VERSION, "/type"),
                bad("v99", good.replace("create.v1", "create.v99"), UNSUPPORTED_VERSION, "/type"),
                bad(
                        "no version",
                        good.replace("create.v1", "create"),
                        UNSUPPORTED_VERSION,
                        "/type"),
                bad("misspelled", good.replace("create.v1", "craete.v1"), UNKNOWN_TYPE, "/type"),
                bad("exec", good.replace("create.v1", "exec.v1"), UNKNOWN_TYPE, "/type"),
                bad("attach", good.replace("create.v1", "attach.v1"), UNKNOWN_TYPE, "/type"),
                bad("copy", good.replace("create.v1", "copy.v1"), UNKNOWN_TYPE, "/type"),
                bad("port-forward", good.replace("create", "port-forward"), UNKNOWN_TYPE, "/type"),
                bad("reply topic", envelope("'replytopic':'x',"), UNKNOWN_FIELD, "/replytopic"),
                bad("cluster", envelope("'clusterurl':'x',"), UNKNOWN_FIELD, "/clusterurl"),
                bad("unknown attribute", envelope("'replyto':'x',"), UNKNOWN_FIELD, "/replyto"),
                bad(
                        "misspelled attribute",
                        envelope("'expirtime':'x',"),
                        UNKNOWN_FIELD,
                        "/expirtime"),
                bad("type hint", envelope("'@class':'x',"), UNKNOWN_FIELD, "/@class"),
                bad("callback", envelope("'callbackurl':'x',"), UNKNOWN_FIELD, "/callbackurl"),
                bad("expiry unreadable", envelope("'expirytime':'soon',"), SCHEMA, "/expirytime"),
                bad(
                        "month 13",
                        envelope("'expirytime':'2026-13-01T00:00:00Z',"),
                        SCHEMA,
                        "/expirytime"),
                bad(
                        "expiry with offset",
                        envelope("'expirytime':'2026-01-01T00:00:00+01:00',"),
                        SCHEMA,
                        "/expirytime"),
                bad("data is a string", command(GET, "'x'"), SCHEMA, "/data"),
                bad(
                        "no data",
                        "{'specversion':'1.0','id':'1','source':'s','type':'" + GET + "'}",
                        SCHEMA,
                        "/data"),
                bad(
                        "other content",
                        envelope("'datacontenttype':'text/xml',"),
                        SCHEMA,
                        "/datacontenttype"),
                bad(
                        "other subject",
                        envelope("'subject':'jobs/other',"),
                        SUBJECT_MISMATCH,
                        "/subject"),
                bad(
                        "subject without namespace",
                        envelope("'subject':'train',"),
                        SUBJECT_MISMATCH,
                        "/subject"));
    }

    private static Bad raw(String what, byte[] value, ErrorReason reason) {
        return new Bad(what, Records.bytes(value), reason, "");
    }

    private static String envelope(String attribute) {
        return createOf().replaceFirst("\\{", "{" + attribute);
    }

    private static Delivery noValue(Optional<byte[]> value) {
        return new Delivery(Records.REF, Optional.empty(), value, List.of(), Records.TIMESTAMP);
    }

    private static Delivery headers(byte[] value, int count, int bytes) {
        List<Header> headers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            headers.add(new Header("h" + i, Optional.of(new byte[bytes])));
        }
        return new Delivery(
                Records.REF, Optional.empty(), Optional.of(value), headers, Records.TIMESTAMP);
    }

    private static Delivery brokenHeader(byte[] value) {
        Header header = new Header("ce_id", Optional.of(new byte[] {(byte) 0xff}));
        return new Delivery(
                Records.REF,
                Optional.empty(),
                Optional.of(value),
                List.of(header),
                Records.TIMESTAMP);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
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
}
