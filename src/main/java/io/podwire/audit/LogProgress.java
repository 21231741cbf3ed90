package io.podwire.audit;

import io.podwire.codec.ReadEvent;
import io.podwire.protocol.RecordRef;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Checks the chunks of one log session. Confined to the audit's thread.
final class LogProgress {
    private final Set<String> begun = new HashSet<>();
    private final Set<String> ended = new HashSet<>();
    private long next;
    private long gaps;
    private Optional<RecordRef> newest = Optional.empty();

    /// Whether something was found already: what follows from it is not found again.
    private boolean damaged;

    void chunk(SeenEvent at, ReadEvent.Chunk chunk, Findings findings) {
        if (chunk.number() < next) {
            damage(findings, FindingKind.CHUNK_REPEATED, at, "chunk " + chunk.number() + " again");
            return;
        }
        if (chunk.number() > next) {
            String missing = "chunk %d after chunk %d".formatted(chunk.number(), next - 1);
            damage(findings, FindingKind.CHUNK_MISSING, at, missing);
        }
        if (ended.contains(chunk.container())) {
            String after = "a chunk of %s after its last".formatted(chunk.container());
            damage(findings, FindingKind.CHUNK_AFTER_LAST, at, after);
        }
        next = chunk.number() + 1;
        newest = Optional.of(at.at());
        begun.add(chunk.container());
        if (chunk.last()) {
            ended.add(chunk.container());
        }
    }

    void gap() {
        gaps++;
    }

    /// The session's answer says that it is complete.
    void streamed(SeenEvent answer, ReadEvent.Succeeded body, Findings findings) {
        if (damaged) {
            return;
        }
        long chunks = body.counts().getOrDefault("chunks", 0L);
        long gapsTold = body.counts().getOrDefault("gaps", 0L);
        if (chunks != next || gapsTold != gaps) {
            String counts =
                    "the answer counts %d chunks and %d gaps; %d and %d are there"
                            .formatted(chunks, gapsTold, next, gaps);
            damage(findings, FindingKind.CHUNK_MISSING, answer, counts);
            return;
        }
        begun.stream()
                .filter(container -> !ended.contains(container))
                .forEach(
                        container ->
                                damage(
                                        findings,
                                        FindingKind.LAST_MISSING,
                                        answer,
                                        "no chunk of %s is the last".formatted(container)));
    }

    private void damage(Findings findings, FindingKind kind, SeenEvent at, String what) {
        damaged = true;
        RecordRef[] records =
                newest.map(before -> new RecordRef[] {before, at.at()})
                        .orElseGet(() -> new RecordRef[] {at.at()});
        String of = at.event().cause().map(command -> " of " + command).orElse("");
        findings.add(kind, at.key(), "log session" + of + ": " + what, records);
    }
}
