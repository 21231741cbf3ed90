package io.podwire.protocol;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// All that is known under one key of a partition: a pod's, or the reserved key of records that name none.
///
/// @param key the record key of the state topic
/// @param pod empty under a reserved key
/// @param settledOffset the newest settled record of this key, or [#NOTHING_SETTLED]
/// @param life the newest pod object that a settled create has brought about
/// @param known the command ids taken in
/// @param open the commands that wait for an answer, in the order they came
/// @param parked facts about pod objects that no settled create knows yet; never written to the topic
public record PodState(
        String key,
        Optional<PodRef> pod,
        long settledOffset,
        Optional<Life> life,
        KnownIds known,
        List<Open> open,
        List<Fact.OfPod> parked) {
    /// Before the first record.
    public static final long NOTHING_SETTLED = -1;

    /// What reserved keys begin with; no pod's does.
    public static final String RESERVED = "#";

    public PodState {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(pod, "pod");
        Objects.requireNonNull(life, "life");
        Objects.requireNonNull(known, "known");
        open = List.copyOf(open);
        parked = List.copyOf(parked);
    }

    /// Of a pod of which nothing is known.
    public static PodState of(PodRef pod) {
        return new PodState(
                pod.key(),
                Optional.of(pod),
                NOTHING_SETTLED,
                Optional.empty(),
                KnownIds.NONE,
                List.of(),
                List.of());
    }

    /// Of the records of a partition that name no pod.
    public static PodState reserved(int partition) {
        return new PodState(
                RESERVED + partition,
                Optional.empty(),
                NOTHING_SETTLED,
                Optional.empty(),
                KnownIds.NONE,
                List.of(),
                List.of());
    }

    /// Whether nothing is known: the topic holds no record of it.
    public boolean blank() {
        return settledOffset == NOTHING_SETTLED
                && life.isEmpty()
                && known.isEmpty()
                && open.isEmpty()
                && parked.isEmpty();
    }

    /// The life of the pod object with this uid, where it is the one known.
    public Optional<Life> life(String uid) {
        return life.filter(known -> known.uid().equals(uid));
    }

    /// The open form of a command.
    public Optional<Open> open(CommandRef command) {
        return open.stream().filter(form -> form.command().equals(command)).findFirst();
    }
}
