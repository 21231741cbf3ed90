package io.podwire.cli;

import io.podwire.codec.DurationForm;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.time.Duration;

/// Durations as the contract writes them.
final class Durations implements ITypeConverter<Duration> {
    private static final DurationForm FORM = new DurationForm(9);

    @Override
    public Duration convert(String text) {
        return FORM.read(text)
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "'"
                                                + text
                                                + "' is no duration such as 500ms, 30s, 10m, 2h or"
                                                + " 1d"));
    }
}
