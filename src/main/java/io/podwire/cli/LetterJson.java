package io.podwire.cli;

import io.podwire.codec.JsonText;
import io.podwire.kafka.DeadLetter.Refusal;
import io.podwire.kafka.RedriveOutcome;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.RecordRef;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;

/// Dead letters and what became of them, for scripts: an object a line.
final class LetterJson {
    private LetterJson() {}

    static String of(ReadLetter read) {
        return line(at -> write(at, read));
    }

    /// With the headers and the value of the record.
    static String of(ReadLetter read, Delivery record) {
        return line(
                at -> {
                    write(at, read);
                    at.objects(
                            "headers",
                            record.headers(),
                            (each, header) -> {
                                each.field("name", header.name());
                                header.value().ifPresent(bytes -> bytes(each, "value", bytes));
                            });
                    record.value().ifPresent(bytes -> bytes(at, "value", bytes));
                });
    }

    /// What cannot be read as a letter.
    static String of(RecordRef place, String why) {
        return line(at -> at.record("letter", place).field("unreadable", why));
    }

    static String of(RedriveOutcome outcome) {
        return line(
                at -> {
                    switch (outcome) {
                        case RedriveOutcome.Sent sent -> {
                            outcome(at, sent.letter().place(), "redriven");
                            at.record("record", sent.letter().record().ref());
                            at.field("time", sent.time());
                            sent.renamed()
                                    .ifPresent(
                                            it ->
                                                    at.field("id", it.was().id())
                                                            .field("newId", it.id()));
                        }
                        case RedriveOutcome.Before(var letter) ->
                                outcome(at, letter.place(), "before");
                        case RedriveOutcome.Left(var letter, var why) ->
                                outcome(at, letter.place(), "left").field("why", why);
                        case RedriveOutcome.NoLetter(var place, var why) ->
                                outcome(at, place, "none").field("why", why);
                    }
                });
    }

    private static JsonText outcome(JsonText at, RecordRef letter, String what) {
        return at.record("letter", letter).field("outcome", what);
    }

    private static void write(JsonText at, ReadLetter read) {
        Delivery record = read.letter().record();
        Refusal refusal = read.refusal();
        at.record("letter", read.letter().place()).time("time", Optional.of(read.letter().time()));
        at.record("record", record.ref()).field("group", refusal.group());
        record.key().ifPresent(key -> bytes(at, "key", key));
        at.field("pod", read.command().pod().map(PodRef::key));
        read.command().command().ifPresent(it -> at.reference("command", it));
        at.field("code", refusal.code())
                .field("reason", refusal.reason())
                .field("pointer", refusal.pointer())
                .field("message", refusal.message())
                .field("redrives", read.letter().redrives());
        read.letter().omittedBytes().ifPresent(bytes -> at.field("omittedBytes", bytes));
    }

    /// As text where they are UTF-8, else as `nameBase64`.
    private static void bytes(JsonText at, String name, byte[] bytes) {
        ReadLetter.text(bytes)
                .ifPresentOrElse(
                        text -> at.field(name, text),
                        () -> at.field(name + "Base64", Base64.getEncoder().encodeToString(bytes)));
    }

    private static String line(Consumer<JsonText> fields) {
        return new String(JsonText.object(fields), StandardCharsets.UTF_8);
    }
}
