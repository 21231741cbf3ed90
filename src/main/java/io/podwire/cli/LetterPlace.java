package io.podwire.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A place on the topic of dead letters, as `PARTITION:OFFSET`.
record LetterPlace(int partition, long offset) {
    private static final Pattern FORM =
            Pattern.compile("(?<partition>[0-9]{1,9}):(?<offset>[0-9]{1,18})");

    @Override
    public String toString() {
        return partition + ":" + offset;
    }

    static final class Converter implements ITypeConverter<LetterPlace> {
        @Override
        public LetterPlace convert(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                throw new TypeConversionException(
                        "'"
                                + text
                                + "' is no place such as 0:42 (PARTITION:OFFSET); podwire dlq list"
                                + " shows them");
            }
            return new LetterPlace(
                    Integer.parseInt(form.group("partition")),
                    Long.parseLong(form.group("offset")));
        }
    }
}
