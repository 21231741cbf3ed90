package io.podwire.cli;

import io.podwire.codec.CommandGlance;
import io.podwire.codec.ReadCommand;
import io.podwire.kafka.DeadLetter;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.RecordRef;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/// A dead letter, and what could be read of the command in it.
record ReadLetter(DeadLetter letter, ReadCommand command) {
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}]");

    static ReadLetter of(DeadLetter letter, CommandGlance glance) {
        return new ReadLetter(letter, glance.read(letter.record()));
    }

    DeadLetter.Refusal refusal() {
        return letter.refusal();
    }

    boolean isAbout(PodRef pod) {
        return command.pod().filter(pod::equals).isPresent()
                || letter.record().keyText().filter(pod.key()::equals).isPresent();
    }

    /// Its place without the topic.
    String place() {
        return place(letter.place());
    }

    static String place(RecordRef letter) {
        return letter.partition() + ":" + letter.offset();
    }

    /// What the record was about, as far as it says: its key, or its pod.
    String about() {
        return letter.record()
                .keyText()
                .map(ReadLetter::oneLine)
                .or(() -> command.pod().map(PodRef::key))
                .orElse("-");
    }

    /// With nothing in it that a terminal would act on.
    static String oneLine(String text) {
        return UNSEEN.matcher(text).replaceAll("?");
    }

    /// Empty where the bytes are no UTF-8.
    static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
