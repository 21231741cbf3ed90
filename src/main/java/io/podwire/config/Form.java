package io.podwire.config;

import io.podwire.codec.DurationForm;
import io.podwire.policy.NamespacePattern;

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

    static Form<List<String>> namespaces() {
        return new Form<>(
                "names of namespaces, or patterns with * and ?, separated by commas",
                text ->
                        Optional.of(words(text))
                                .filter(it -> it.stream().allMatch(Form::isNamespace)));
    }

    private static boolean isNamespace(String word) {
        try {
            return word.equals(new NamespacePattern(word).glob());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// With an empty word where a comma is too many, which no form accepts.
    private static List<String> words(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).collect(Collectors.toList());
    }
}
