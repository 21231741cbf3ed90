package io.podwire.codec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import io.podwire.protocol.IdPages;
import io.podwire.protocol.KnownIds;
import io.podwire.protocol.Life;
import io.podwire.protocol.LogRequest;
import io.podwire.protocol.Open;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodState;
import io.podwire.protocol.Standing;

import java.io.IOException;
import java.time.DateTimeException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// States as values of the state topic: `{"version": 3, "pod": {…}, "worker": {…}}`.
///
/// `pod` is public and has a schema; `worker` is this worker's own memory, read by itself and by the next
/// version only. Parked facts are not written: a watch shows them again. Pages of ids are values of their own:
/// see [PageCodec]. Thread-safe.
public final class StateCodec {
    static final int VERSION = 3;
    static final ObjectMapper JSON =
            JsonMapper.builder()
                    .addModules(new Jdk8Module(), new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .defaultPropertyInclusion(
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
                    .addMixIn(Open.class, OpenForms.class)
                    .addMixIn(LogRequest.Selection.class, Selections.class)
                    .build();
    private static final StateText TEXT = new StateText(JSON);
    private static final StateForms FORMS = new StateForms(JSON);
    private static final PageCodec PAGES = new PageCodec();

    /// A pod's state.
    public byte[] encode(PodState state) {
        return TEXT.of(state, Optional.empty());
    }

    /// The state under a partition's reserved key.
    public byte[] encodeReserved(PodState state, Standing standing) {
        return TEXT.of(state, Optional.of(standing));
    }

    /// Reads a value back that has no pages, of this version or the one before.
    ///
    /// @throws UnreadableState where the value is none of ours, or has pages
    public PodState decode(String key, byte[] value) {
        return decode(key, value, _ -> Optional.empty());
    }

    /// Reads a value of the topic back, of this version or the one before.
    ///
    /// @param pages the other values of the topic
    /// @throws UnreadableState where the value is none of ours, or a page of it is missing
    public PodState decode(String key, byte[] value, PageCodec.Values pages) {
        Value read = read(key, value);
        IdPages found =
                read.worker()
                        .pages()
                        .map(range -> PAGES.decode(key, range, pages))
                        .orElse(IdPages.NONE);
        return read.state(key, found);
    }

    /// Reads a value back whose pages are at hand.
    ///
    /// @throws UnreadableState where the value is none of ours
    public PodState decode(String key, byte[] value, IdPages pages) {
        return read(key, value).state(key, pages);
    }

    /// What is under a reserved key beside the state; empty where an early build of the version before wrote it.
    ///
    /// @throws UnreadableState where the value is none of ours
    public Optional<Standing> decodeStanding(String key, byte[] value) {
        return read(key, value).worker().partition();
    }

    private static Value read(String key, byte[] value) {
        return current(value).orElseGet(() -> other(key, value));
    }

    /// As this version writes it, and only so: a worker that starts reads a million of these.
    static Optional<Value> current(byte[] value) {
        try {
            return Optional.of(FORMS.read(value, VERSION));
        } catch (IOException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Value other(String key, byte[] value) {
        try {
            return JSON.treeToValue(upgraded(JSON.readTree(value)), Value.class);
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw new UnreadableState(key, String.valueOf(e.getMessage()));
        }
    }

    /// A state or a page in the form of this version; may change the argument.
    ///
    /// @throws IllegalArgumentException where it is of no version that is read
    /// @throws DateTimeException where an instant in it is none
    static JsonNode upgraded(JsonNode root) {
        return switch (root.path("version").asInt()) {
            case VERSION -> root;
            case VERSION - 1 -> EarlierState.upgraded(root);
            default -> throw new IllegalArgumentException("version " + root.path("version"));
        };
    }

    /// A value on the state topic that no Podwire wrote, or one that is too new for this version.
    public static final class UnreadableState extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreadableState(String key, String why) {
            super("the state under key " + key + " cannot be read: " + why);
        }
    }

    /// All of a value that is read back.
    record Value(int version, Optional<PodRef> pod, Memory worker) {
        Value {
            Objects.requireNonNull(worker, "worker");
        }

        PodState state(String key, IdPages pages) {
            return worker.state(key, pod, pages);
        }
    }

    /// The private part.
    ///
    /// @param partition under a reserved key only
    record Memory(
            long settled,
            Optional<Life> life,
            IdForms.Ids ids,
            Optional<PageCodec.Range> pages,
            List<Open> open,
            Optional<Standing> partition) {
        Memory {
            Objects.requireNonNull(ids, "ids");
            Objects.requireNonNull(pages, "pages");
            Objects.requireNonNull(open, "open");
        }

        PodState state(String key, Optional<PodRef> pod, IdPages found) {
            KnownIds known = new KnownIds(found, ids.byCommand());
            return new PodState(key, pod, settled, life, known, open, List.of());
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "form")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Open.Awaiting.class, name = "awaiting"),
        @JsonSubTypes.Type(value = Open.Deleting.class, name = "deleting"),
        @JsonSubTypes.Type(value = Open.Streaming.class, name = "streaming")
    })
    private interface OpenForms {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "of")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = LogRequest.Selection.Default.class, name = "default"),
        @JsonSubTypes.Type(value = LogRequest.Selection.Named.class, name = "named"),
        @JsonSubTypes.Type(value = LogRequest.Selection.All.class, name = "all")
    })
    private interface Selections {}
}
