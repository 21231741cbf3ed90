package io.podwire.cli;

import io.podwire.kafka.DeadLetter.Refusal;
import io.podwire.kafka.RedriveOutcome;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.Delivery.Header;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Dead letters and what became of them, for people.
final class LetterText {
    private static final String ROW = "%-9s  %-24s  %-22s  %-24s  %-16s  %s";

    static final String HEAD = ROW.formatted("LETTER", "TIME", "RECORD", "KEY", "REASON", "ERROR");

    private LetterText() {}

    static String row(ReadLetter read) {
        Refusal refusal = read.refusal();
        return ROW.formatted(
                read.place(),
                time(read.letter().time()),
                read.letter().record().ref(),
                read.about(),
                refusal.reason(),
                error(refusal));
    }

    private static Instant time(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS);
    }

    private static String error(Refusal refusal) {
        return refusal.pointer().map(at -> ReadLetter.oneLine(at) + ": ").orElse("")
                + ReadLetter.oneLine(refusal.message());
    }

    /// All of a letter but the value of its record.
    ///
    /// @param record empty where it is not kept
    static List<String> whole(ReadLetter read, Optional<Delivery> record) {
        List<String> lines = new ArrayList<>();
        add(lines, "letter", read.letter().place() + "  " + time(read.letter().time()));
        add(lines, "record", read.letter().record().ref().toString());
        add(lines, "group", ReadLetter.oneLine(read.refusal().group()));
        add(lines, "error", read.refusal().code() + "/" + read.refusal().reason());
        add(lines, "", error(read.refusal()));
        if (read.letter().redrives() > 0) {
            add(lines, "redriven", read.letter().redrives() + " times before");
        }
        read.command().command().ifPresent(it -> add(lines, "command", it.toString()));
        read.command().pod().ifPresent(pod -> add(lines, "pod", pod.key()));
        record.ifPresent(
                it -> {
                    it.key().ifPresent(key -> add(lines, "key", bytes(key)));
                    it.headers().forEach(header -> add(lines, "header", header(header)));
                });
        return lines;
    }

    private static void add(List<String> lines, String what, String text) {
        lines.add("%-8s  %s".formatted(what, text));
    }

    private static String header(Header header) {
        return ReadLetter.oneLine(header.name())
                + header.value().map(value -> ": " + bytes(value)).orElse(" (null)");
    }

    private static String bytes(byte[] bytes) {
        return ReadLetter.text(bytes)
                .map(ReadLetter::oneLine)
                .orElseGet(() -> "0x" + HexFormat.of().formatHex(bytes));
    }

    /// @param done what is done to those that are sent
    static String of(RedriveOutcome outcome, String done) {
        return switch (outcome) {
            case RedriveOutcome.Sent(var letter, var renamed, var time) ->
                    "%s %s  to %s-%d%s%s"
                            .formatted(
                                    done,
                                    ReadLetter.place(letter.place()),
                                    letter.record().ref().topic(),
                                    letter.record().ref().partition(),
                                    renamed.map(
                                                    it ->
                                                            "  %s as %s"
                                                                    .formatted(
                                                                            it.was().id(), it.id()))
                                            .orElse(""),
                                    time > 1 ? "  (time %d)".formatted(time) : "");
            case RedriveOutcome.Before(var letter) ->
                    "before %s  it was redriven, or may have been: it is left"
                            .formatted(ReadLetter.place(letter.place()));
            case RedriveOutcome.Left(var letter, var why) ->
                    "left %s  %s".formatted(ReadLetter.place(letter.place()), why);
            case RedriveOutcome.NoLetter(var place, var why) ->
                    "no letter %s  %s".formatted(ReadLetter.place(place), why);
        };
    }
}
