package io.podwire.kafka;

import static io.podwire.kafka.LetterHeaders.OMITTED;
import static io.podwire.kafka.LetterHeaders.TOPIC;

import io.podwire.kafka.DeadLetter.Found;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.Delivery.Header;
import io.podwire.protocol.RecordRef;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Reads what [DeadLetters] writes: first the record's own headers, then those of the letter.
final class LetterReader {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private LetterReader() {}

    static Found read(Delivery letter) {
        List<Header> headers = letter.headers();
        int place = lastIndex(headers, TOPIC);
        if (place < 0) {
            return new Found.Stranger(letter.ref(), "it has no header " + TOPIC);
        }
        boolean omitted = place > 0 && headers.get(place - 1).name().equals(OMITTED);
        int own = omitted ? place - 1 : place;
        Map<String, String> said = texts(headers.subList(own, headers.size()));
        return original(said)
                .<Found>map(ref -> new Found.Letter(letter(letter, ref, own, said)))
                .orElseGet(
                        () ->
                                new Found.Stranger(
                                        letter.ref(),
                                        "it does not say partition and offset of a record"));
    }

    private static int lastIndex(List<Header> headers, String name) {
        int last = headers.size() - 1;
        while (last >= 0 && !headers.get(last).name().equals(name)) {
            last--;
        }
        return last;
    }

    private static Map<String, String> texts(List<Header> headers) {
        Map<String, String> texts = new HashMap<>();
        headers.forEach(
                header ->
                        header.value()
                                .map(value -> new String(value, StandardCharsets.UTF_8))
                                .ifPresent(text -> texts.put(header.name(), text)));
        return texts;
    }

    private static Optional<RecordRef> original(Map<String, String> said) {
        OptionalLong partition = number(said, LetterHeaders.PARTITION);
        OptionalLong offset = number(said, LetterHeaders.OFFSET);
        if (partition.isEmpty()
                || offset.isEmpty()
                || partition.getAsLong() > Integer.MAX_VALUE
                || text(said, TOPIC).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new RecordRef(text(said, TOPIC), (int) partition.getAsLong(), offset.getAsLong()));
    }

    private static DeadLetter letter(
            Delivery letter, RecordRef original, int own, Map<String, String> said) {
        return new DeadLetter(
                letter.ref(),
                letter.timestamp(),
                new Delivery(
                        original,
                        letter.key(),
                        letter.value(),
                        letter.headers().subList(0, own),
                        letter.timestamp()),
                new DeadLetter.Refusal(
                        text(said, LetterHeaders.GROUP),
                        text(said, LetterHeaders.CODE),
                        text(said, LetterHeaders.REASON),
                        Optional.ofNullable(said.get(LetterHeaders.POINTER)),
                        text(said, LetterHeaders.MESSAGE)),
                number(said, OMITTED));
    }

    private static String text(Map<String, String> said, String name) {
        return said.getOrDefault(name, "");
    }

    private static OptionalLong number(Map<String, String> said, String name) {
        return Optional.ofNullable(said.get(name))
                .filter(text -> NUMBER.matcher(text).matches())
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElseGet(OptionalLong::empty);
    }
}
