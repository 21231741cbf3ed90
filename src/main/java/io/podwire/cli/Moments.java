package io.podwire.cli;

import io.podwire.codec.DurationForm;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.time.DateTimeException;
import java.time.Instant;

/// A moment: RFC 3339, or how long ago.
final class Moments implements ITypeConverter<Instant> {
    private static final DurationForm AGO = new DurationForm(9);

    @Override
    public Instant convert(String text) {
        return AGO.read(text).map(ago -> Instant.now().minus(ago)).orElseGet(() -> instant(text));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new TypeConversionException(
                    "'"
                            + text
                            + "' is neither a time such as 2026-11-27T10:41:34Z nor how long ago,"
                            + " such as 10m, 2h or 1d");
        }
    }
}
