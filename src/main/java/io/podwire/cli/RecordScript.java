package io.podwire.cli;

import io.podwire.protocol.Delivery.Header;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A record as a POSIX shell script: comments that say what it is, and the line that sends it with kcat.
///
/// @param value one line of text, as kcat takes each line for a record
record RecordScript(String brokers, String topic, String key, List<Header> headers, String value) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:,@%+=-]+");

    RecordScript {
        headers = List.copyOf(headers);
        if (value.contains("\n") || key.contains("\n")) {
            throw new IllegalArgumentException("key and value must be one line: " + key);
        }
    }

    List<String> lines() {
        Stream<String> comments =
                Stream.concat(
                        Stream.of("# topic   " + topic, "# key     " + key),
                        headers.stream().map(h -> "# header  %s: %s".formatted(h.name(), text(h))));
        return Stream.concat(comments, Stream.of("# value   " + value, line())).toList();
    }

    /// The partitioner is that of Java's client: librdkafka's own would part the pod from its commands.
    private String line() {
        String headerOptions =
                headers.stream()
                        .map(h -> " -H " + quoted(h.name() + "=" + text(h)))
                        .collect(Collectors.joining());
        return "printf '%%s\\n' %s | kcat -P -b %s -t %s -k %s%s -X partitioner=murmur2_random"
                .formatted(
                        quoted(value), quoted(brokers), quoted(topic), quoted(key), headerOptions);
    }

    private static String text(Header header) {
        return header.value().map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("");
    }

    /// As one word of a POSIX shell: within single quotes only the single quote itself is special.
    private static String quoted(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
