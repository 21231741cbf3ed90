package io.podwire.audit;

import io.podwire.protocol.Delivery;
import io.podwire.protocol.RecordRef;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Checks that of each transaction all events are there, in whatever partitions they are.
///
/// Holds the transactions of which some are still to come. Confined to the audit's thread.
final class TransactionCheck {
    private static final String NAME = "podwire-transaction";
    private static final String INDEX = "podwire-index";
    private static final String SIZE = "podwire-size";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private final Instant wholeFrom;
    private final Findings findings;
    private final Tally tally;
    private final Map<String, Partial> partial = new HashMap<>();

    /// @param wholeFrom transactions written before it may have events that were not read
    TransactionCheck(Instant wholeFrom, Findings findings, Tally tally) {
        this.wholeFrom = wholeFrom;
        this.findings = findings;
        this.tally = tally;
    }

    void event(Delivery record) {
        Optional<Place> place = Place.of(record);
        if (place.isEmpty()) {
            findings.add(
                    FindingKind.UNREADABLE,
                    "",
                    "the event does not say its place in a transaction",
                    record.ref());
        } else {
            take(record, place.get());
        }
    }

    private void take(Delivery record, Place place) {
        Partial known = partial.get(place.name());
        if (known == null) {
            tally.count(Counted.TRANSACTIONS);
            known = new Partial(place.size(), record);
        } else if (known.size != place.size() || known.seen.get(place.index())) {
            findings.add(
                    FindingKind.TORN_TRANSACTION,
                    "",
                    "transaction %s has event %d of %d twice"
                            .formatted(place.name(), place.index(), place.size()),
                    known.first,
                    record.ref());
        }
        add(known, record, place);
    }

    /// Of an event after the range: completes what it belongs to.
    void later(Delivery record) {
        Place.of(record)
                .ifPresent(
                        place ->
                                Optional.ofNullable(partial.get(place.name()))
                                        .ifPresent(known -> add(known, record, place)));
    }

    private void add(Partial known, Delivery record, Place place) {
        known.seen.set(place.index());
        known.last = record.ref();
        if (known.seen.cardinality() < known.size) {
            partial.put(place.name(), known);
        } else {
            partial.remove(place.name());
        }
    }

    /// No more events come.
    void finish() {
        partial.forEach(
                (name, torn) -> {
                    if (torn.written.isBefore(wholeFrom)) {
                        tally.count(Counted.TRANSACTIONS_CUT);
                    } else {
                        findings.add(
                                FindingKind.TORN_TRANSACTION,
                                "",
                                "%d of %d events of transaction %s are there"
                                        .formatted(torn.seen.cardinality(), torn.size, name),
                                torn.first,
                                torn.last);
                    }
                });
    }

    private static final class Partial {
        private final int size;
        private final Instant written;
        private final RecordRef first;
        private final BitSet seen = new BitSet();
        private RecordRef last;

        private Partial(int size, Delivery first) {
            this.size = size;
            this.written = first.timestamp();
            this.first = first.ref();
            this.last = first.ref();
        }
    }

    private record Place(String name, int index, int size) {
        static Optional<Place> of(Delivery record) {
            Optional<String> name = header(record, NAME);
            OptionalInt index = number(record, INDEX);
            OptionalInt size = number(record, SIZE);
            boolean whole = name.isPresent() && index.isPresent() && size.isPresent();
            return whole && index.getAsInt() < size.getAsInt()
                    ? Optional.of(new Place(name.get(), index.getAsInt(), size.getAsInt()))
                    : Optional.empty();
        }

        private static OptionalInt number(Delivery record, String name) {
            Optional<String> digits =
                    header(record, name).filter(text -> NUMBER.matcher(text).matches());
            return digits.map(text -> OptionalInt.of(Integer.parseInt(text)))
                    .orElseGet(OptionalInt::empty);
        }

        private static Optional<String> header(Delivery record, String name) {
            return record.headers().stream()
                    .filter(header -> header.name().equals(name))
                    .flatMap(header -> header.value().stream())
                    .map(value -> new String(value, StandardCharsets.UTF_8))
                    .findFirst();
        }
    }
}
