package io.podwire.faults;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/// What one fault test did and measured: a row of the table of faults.
///
/// @param id as in the fault matrix
/// @param fault what was done
/// @param commands how many were sent
/// @param faults how often the fault was put in
/// @param violations of the promises, see [Oracle]
/// @param recoveriesMillis from each healing, or kill, to the next answer of a command sent before it
/// @param form `short` or `long`
/// @param began when
/// @param seconds until its end
record FaultRow(
        String id,
        String fault,
        String cluster,
        long commands,
        long faults,
        long violations,
        List<Long> recoveriesMillis,
        List<String> notes,
        String form,
        Instant began,
        String commit,
        double seconds) {
    static final String HEADER =
            "| id | what was done | cluster | commands | faults | violations | recovery p50 | p95 |"
                    + " notes | when | commit |";
    static final String RULER = "|---|---|---|---:|---:|---:|---:|---:|---|---|---|";

    FaultRow {
        recoveriesMillis = recoveriesMillis.stream().sorted().toList();
        notes = List.copyOf(notes);
    }

    /// The same thing measured again takes its place.
    boolean replaces(FaultRow other) {
        return id.equals(other.id)
                && fault.equals(other.fault)
                && cluster.equals(other.cluster)
                && form.equals(other.form);
    }

    Instant ended() {
        return began.plusMillis(Math.round(seconds * 1_000));
    }

    String markdown() {
        return "| %s | %s | %s | %d | %d | %d | %s | %s | %s | %s | %s |"
                .formatted(
                        id,
                        cell(fault),
                        cluster,
                        commands,
                        faults,
                        violations,
                        percentile(0.5),
                        percentile(0.95),
                        cell(String.join("; ", notes)),
                        began.atOffset(ZoneOffset.UTC).toLocalDate(),
                        commit);
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }

    private String percentile(double part) {
        if (recoveriesMillis.isEmpty()) {
            return "–";
        }
        int at = (int) Math.ceil(part * recoveriesMillis.size()) - 1;
        return "%.1f s".formatted(recoveriesMillis.get(Math.max(0, at)) / 1000.0);
    }
}
