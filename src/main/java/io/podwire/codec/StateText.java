package io.podwire.codec;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;

import io.podwire.protocol.CommandRef;
import io.podwire.protocol.KnownIds;
import io.podwire.protocol.Life;
import io.podwire.protocol.Open;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodState;
import io.podwire.protocol.Standing;

import java.util.List;
import java.util.Optional;

/// A state as this version writes it, in the order in which [StateForms] reads it.
///
/// What is in every state goes straight into the text; what is seldom there is left to the mapper. Thread-safe.
final class StateText {
    private final ObjectWriter life;
    private final ObjectWriter open;
    private final ObjectWriter standing;

    /// @param mapper of what is not written here
    StateText(ObjectMapper mapper) {
        this.life = mapper.writerFor(Life.class);
        this.open = mapper.writerFor(new TypeReference<List<Open>>() {});
        this.standing = mapper.writerFor(Standing.class);
    }

    /// @param partition under a reserved key only
    byte[] of(PodState state, Optional<Standing> partition) {
        return JsonText.object(
                text -> {
                    text.field("version", StateCodec.VERSION);
                    state.pod().ifPresent(pod -> publicPart(text, pod, state));
                    text.object("worker", worker -> memory(worker, state, partition));
                });
    }

    private static void publicPart(JsonText text, PodRef pod, PodState state) {
        text.object(
                "pod",
                part -> {
                    part.field("namespace", pod.namespace()).field("name", pod.name());
                    state.life().ifPresent(is -> describe(part, is));
                    part.objects(
                            "openCommands",
                            state.open(),
                            (one, form) -> command(one, form.command()));
                });
    }

    private static void describe(JsonText part, Life life) {
        part.field("uid", life.uid()).field("seq", life.seq());
        life.last()
                .ifPresent(
                        last ->
                                part.field("state", last.state().published())
                                        .field("reason", last.reason())
                                        .time("kubeletTime", last.kubeletTime()));
    }

    private void memory(JsonText worker, PodState state, Optional<Standing> partition) {
        worker.field("settled", state.settledOffset());
        state.life().ifPresent(is -> worker.mapped("life", life, is));
        KnownIds known = state.known();
        worker.written("ids", out -> IdForms.write(out, known.last()));
        PageCodec.Range.of(known.pages()).ifPresent(range -> pages(worker, range));
        worker.mapped("open", open, state.open());
        partition.ifPresent(where -> worker.mapped("partition", standing, where));
    }

    private static void pages(JsonText worker, PageCodec.Range range) {
        worker.object(
                "pages", is -> is.field("oldest", range.oldest()).field("newest", range.newest()));
    }

    private static void command(JsonText text, CommandRef command) {
        text.field("source", command.source()).field("id", command.id());
    }
}
