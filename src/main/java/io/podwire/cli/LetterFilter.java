package io.podwire.cli;

import io.podwire.protocol.ErrorCode;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.PodRef;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which dead letters are meant.
final class LetterFilter {
    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Moments.class,
            description =
                    "Only those written at that time or later: 2026-11-27T10:41:34Z, or 2h for two"
                            + " hours ago.")
    private Optional<Instant> since = Optional.empty();

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            converter = Reasons.class,
            description = "Only those with this reason, such as UNKNOWN_FIELD; may be repeated.")
    private List<String> reasons = new ArrayList<>();

    @Option(
            names = "--pod",
            paramLabel = "NAMESPACE/NAME",
            converter = PodRefs.class,
            description = "Only those that are about this pod, or have it as their key.")
    private Optional<PodRef> pod = Optional.empty();

    boolean none() {
        return since.isEmpty() && reasons.isEmpty() && pod.isEmpty();
    }

    Optional<Instant> since() {
        return since;
    }

    boolean wants(ReadLetter letter) {
        return (reasons.isEmpty() || reasons.contains(letter.refusal().reason()))
                && pod.map(letter::isAbout).orElse(true);
    }

    private static final class Reasons implements ITypeConverter<String> {
        private static final List<String> ALL =
                Arrays.stream(ErrorReason.values())
                        .filter(reason -> reason.code() == ErrorCode.COMMAND_INVALID)
                        .map(ErrorReason::published)
                        .toList();

        @Override
        public String convert(String text) {
            String reason = text.toUpperCase(Locale.ROOT);
            if (!ALL.contains(reason)) {
                throw new TypeConversionException(
                        "'" + text + "' is none of " + String.join(", ", ALL));
            }
            return reason;
        }
    }
}
