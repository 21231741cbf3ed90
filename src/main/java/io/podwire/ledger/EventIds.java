package io.podwire.ledger;

import io.podwire.protocol.RecordRef;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// Ids made of what an event is about: the same fact has the same id, whoever tells it and how often.
final class EventIds {
    private static final int BYTES = 16;

    private EventIds() {}

    static String accepted(RecordRef in) {
        return of("accepted", in.toString());
    }

    static String answer(RecordRef in) {
        return of("answer", in.toString());
    }

    static String transition(String uid, long seq) {
        return of("transition", uid + "/" + seq);
    }

    static String chunk(RecordRef in, long number) {
        return of("chunk", in + "/" + number);
    }

    static String gap(RecordRef in, long number) {
        return of("gap", in + "/" + number);
    }

    private static String of(String kind, String about) {
        try {
            byte[] text = (kind + ":" + about).getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
            return HexFormat.of().formatHex(Arrays.copyOf(hash, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
