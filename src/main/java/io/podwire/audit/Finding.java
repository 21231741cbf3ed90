package io.podwire.audit;

import io.podwire.codec.JsonText;
import io.podwire.protocol.RecordRef;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A broken promise, and the records that prove it.
///
/// @param pod `namespace/name`, where it is about one
/// @param sentence what is wrong, for people
public record Finding(
        FindingKind kind, Optional<String> pod, String sentence, List<RecordRef> records) {
    public Finding {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(pod, "pod");
        Objects.requireNonNull(sentence, "sentence");
        records = List.copyOf(records);
    }

    /// For scripts: a JSON object.
    public String json() {
        byte[] json =
                JsonText.object(
                        line ->
                                line.field("finding", kind.name())
                                        .field("pod", pod)
                                        .field("message", sentence)
                                        .objects("records", records, JsonText::record));
        return new String(json, StandardCharsets.UTF_8);
    }
}
