package io.podwire.kafka;

import io.podwire.protocol.Delivery;
import io.podwire.protocol.Delivery.Header;
import io.podwire.protocol.RecordRef;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a record that was sent again says of it. Dead letters keep it, as they keep all headers.
final class RedriveHeaders {
    static final String COUNT = "podwire-redrive-count";
    static final String LETTER = "podwire-redrive-letter";
    private static final Set<String> OURS = Set.of(COUNT, LETTER);
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");

    private RedriveHeaders() {}

    /// How often the record has been sent again.
    static int count(Delivery record) {
        return record.headers().stream()
                .filter(header -> header.name().equals(COUNT))
                .reduce((_, last) -> last)
                .flatMap(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .filter(text -> NUMBER.matcher(text).matches()) // else it is not ours
                .map(Integer::parseInt)
                .orElse(0);
    }

    /// The record's own headers, and those of its next sending.
    static List<Header> of(List<Header> headers, int count, RecordRef letter) {
        List<Header> all = new ArrayList<>();
        headers.stream().filter(header -> !OURS.contains(header.name())).forEach(all::add);
        all.add(header(COUNT, Integer.toString(count)));
        all.add(header(LETTER, letter.toString()));
        return all;
    }

    private static Header header(String name, String value) {
        return new Header(name, Optional.of(value.getBytes(StandardCharsets.UTF_8)));
    }
}
