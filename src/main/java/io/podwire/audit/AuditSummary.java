package io.podwire.audit;

import io.podwire.audit.AuditRange.Beginning;
import io.podwire.codec.JsonText;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// What an audit has seen and found.
///
/// @param counts of every kind there is
/// @param findings of those kinds of which there were any
public record AuditSummary(
        AuditRange range, Map<Counted, Long> counts, Map<FindingKind, Long> findings) {
    public AuditSummary {
        counts = Map.copyOf(counts);
        findings = Map.copyOf(findings);
    }

    public long count(Counted what) {
        return counts.getOrDefault(what, 0L);
    }

    /// Whether nothing was found.
    public boolean clean() {
        return findings.isEmpty();
    }

    /// For scripts: a JSON object.
    public String json() {
        byte[] json =
                JsonText.object(
                        line ->
                                line.flag("clean", clean())
                                        .object("counts", this::writeCounts)
                                        .object("findings", this::writeFindings)
                                        .objects(
                                                "partitions",
                                                new TreeMap<>(range.partitions()).entrySet(),
                                                (at, part) ->
                                                        write(at, part.getKey(), part.getValue())));
        return new String(json, StandardCharsets.UTF_8);
    }

    private void writeCounts(JsonText at) {
        new TreeMap<>(counts).forEach((what, count) -> at.field(what.published(), count));
    }

    private void writeFindings(JsonText at) {
        new TreeMap<>(findings).forEach((kind, count) -> at.field(kind.name(), count));
    }

    private static void write(JsonText at, int number, AuditRange.Part part) {
        at.field("partition", number)
                .field("from", part.from())
                .field("to", part.to())
                .flag("wholeEvents", part.events() == Beginning.FIRST);
    }
}
