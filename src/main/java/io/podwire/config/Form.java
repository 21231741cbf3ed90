package io.podwire.config;

import io.podwire.codec.DurationForm;
import io.podwire.codec.Quantities;
import io.podwire.policy.Amount;
import io.podwire.policy.ImagePattern;
import io.podwire.policy.NamespacePattern;
import io.podwire.policy.ServiceAccountPattern;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How the text of a setting must look, and what it is read as.
///
/// @param expected completes the sentence "expected …"
/// @param reading empty where the text does not look so
record Form<T>(String expected, Function<String, Optional<T>> reading) {
    private static final DurationForm DURATION = new DurationForm(12);
    private static final Duration LONGEST = Duration.ofDays(3_650);
    private static final Pattern DEVICES = Pattern.compile("[0-9]{1,4}");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final Pattern SERVER = Pattern.compile("\\[?[-A-Za-z0-9._:%]+]?:([0-9]{1,5})");

    Optional<T> read(String text) {
        return reading.apply(text);
    }

    static Form<String> matching(String expected, String regex) {
        Pattern pattern = Pattern.compile(regex);
        return new Form<>(
                expected, text -> Optional.of(text).filter(it -> pattern.matcher(it).matches()));
    }

    /// @param shortest the least that makes sense
    static Form<Duration> duration(Duration shortest) {
        String expected = "a duration such as 250ms, 20s, 5m, 24h or 7d";
        return new Form<>(
                shortest.isZero() ? expected : expected + ", not 0",
                text ->
                        DURATION.read(text)
                                .filter(it -> it.compareTo(shortest) >= 0)
                                .filter(it -> it.compareTo(LONGEST) <= 0));
    }

    static Form<Integer> port() {
        return new Form<>("a port from 0 to 65535", Form::parsePort);
    }

    private static Optional<Integer> parsePort(String text) {
        return Optional.of(text)
                .filter(it -> PORT.matcher(it).matches())
                .map(Integer::valueOf)
                .filter(it -> it <= 65_535);
    }

    static Form<String> servers() {
        return new Form<>(
                "one or more host:port, separated by commas",
                text ->
                        Optional.of(text)
                                .filter(it -> words(it).stream().allMatch(Form::isServer)));
    }

    private static boolean isServer(String word) {
        Matcher matcher = SERVER.matcher(word);
        return matcher.matches() && parsePort(matcher.group(1)).filter(it -> it > 0).isPresent();
    }

    static Form<Path> path() {
        return new Form<>("the path of a file", Form::parsePath);
    }

    private static Optional<Path> parsePath(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    static Form<String> oneOf(List<String> words) {
        return new Form<>(
                "one of " + String.join(", ", words),
                text -> Optional.of(text).filter(words::contains));
    }

    static Form<Set<String>> someOf(List<String> words) {
        return new Form<>(
                "one or more of %s, separated by commas".formatted(String.join(", ", words)),
                text -> Optional.of(Set.copyOf(words(text))).filter(words::containsAll));
    }

    static Form<List<NamespacePattern>> namespaces() {
        return listOf(
                "names of namespaces, or patterns with * and ?, separated by commas",
                NamespacePattern::new);
    }

    static Form<List<ImagePattern>> images() {
        return listOf(
                "images as registry/repository[:tag][@digest], or patterns with * (a whole registry"
                        + " is registry/*), separated by commas",
                ImagePattern::new);
    }

    static Form<List<ServiceAccountPattern>> serviceAccounts() {
        return listOf(
                "names of service accounts, or patterns with * and ?, separated by commas",
                ServiceAccountPattern::new);
    }

    /// @param maker fails with an [IllegalArgumentException] on a word that is none
    private static <T> Form<List<T>> listOf(String expected, Function<String, T> maker) {
        return new Form<>(
                expected,
                text -> {
                    try {
                        return Optional.of(words(text).stream().map(maker).toList());
                    } catch (IllegalArgumentException e) {
                        return Optional.empty();
                    }
                });
    }

    static Form<Amount> cpu() {
        return amount("a number of cores such as 500m, 1.5 or 4", Quantities::cpuAmount);
    }

    static Form<Amount> memory() {
        return amount(
                "a number of bytes with its unit such as 512Mi or 16Gi", Quantities::memoryAmount);
    }

    static Form<Amount> devices() {
        return amount(
                "a whole number from 0 to 9999",
                text ->
                        Optional.of(text)
                                .filter(it -> DEVICES.matcher(it).matches())
                                .map(BigDecimal::new));
    }

    private static Form<Amount> amount(
            String expected, Function<String, Optional<BigDecimal>> value) {
        return new Form<>(expected, text -> value.apply(text).map(it -> new Amount(text, it)));
    }

    /// With an empty word where a comma is too many, which no form accepts.
    private static List<String> words(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).collect(Collectors.toList());
    }
}
