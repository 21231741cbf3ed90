package io.podwire.simulation;

import io.podwire.audit.Audit;
import io.podwire.audit.AuditRange;
import io.podwire.codec.ReadEvent;
import io.podwire.codec.StateCodec;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.Life;
import io.podwire.protocol.PageKey;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodState;
import io.podwire.protocol.RecordRef;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Says at the end of a run which promises its topics and its cluster break. Confined to the scheduler's thread.
final class Judge {
    /// By then the watch, or a list after a cut, has shown it.
    private static final Duration SHOWN = Duration.ofSeconds(20);

    private static final Set<String> NO_POD_MADE =
            Set.of("POD_CREATION_FAILED", "CONNECTION_FAILED", "COMMAND_EXPIRED");

    private final World world;
    private final Map<RecordRef, Script.Sending> sent;
    private final StateCodec codec = new StateCodec();

    /// @param sent the commands, by where they are
    Judge(World world, Map<RecordRef, Script.Sending> sent) {
        this.world = world;
        this.sent = sent;
    }

    /// What still has to happen; empty where all is quiet.
    List<Violation> unfinished() {
        List<Violation> left = new ArrayList<>();
        for (RecordRef ref : sent.keySet()) {
            if (!world.promises().answered(ref.partition(), ref.offset())) {
                left.add(
                        new Violation(
                                Promise.NOT_DRAINED.name(),
                                "no answer to "
                                        + ref
                                        + ": "
                                        + Optional.ofNullable(sent.get(ref)).orElseThrow().text()));
            }
        }
        if (world.broker().hangs()) {
            left.add(new Violation(Promise.NOT_DRAINED.name(), "a transaction is open"));
        }
        if (left.isEmpty()) {
            Map<String, PodState> states = states();
            states.values().forEach(state -> stale(state).ifPresent(left::add));
            for (SimulatedPod pod : world.cluster().pods()) {
                if (orphan(pod, states)) {
                    left.add(
                            new Violation(
                                    Promise.ORPHAN.name(),
                                    "%s %s".formatted(pod.ref(), pod.uid())));
                }
            }
        }
        return left;
    }

    private Map<String, PodState> states() {
        Map<String, Optional<byte[]>> newest = new HashMap<>();
        for (int partition = 0; partition < world.broker().partitions(); partition++) {
            for (LogRecord each : world.broker().committed(Script.STATES, partition)) {
                newest.put(
                        new String(each.key().orElseThrow(), StandardCharsets.UTF_8), each.value());
            }
        }
        Map<String, PodState> states = new HashMap<>();
        newest.forEach(
                (key, value) -> {
                    if (value.isPresent() && !PageKey.is(key)) {
                        states.put(
                                key,
                                codec.decode(
                                        key,
                                        value.get(),
                                        page -> newest.getOrDefault(page, Optional.empty())));
                    }
                });
        return states;
    }

    private Optional<Violation> stale(PodState state) {
        Optional<Life> life = state.life();
        Optional<PodRef> ref = state.pod();
        if (life.isEmpty() || ref.isEmpty()) {
            return Optional.empty();
        }
        Optional<SimulatedPod> pod =
                world.cluster().pod(ref.get()).filter(it -> it.uid().equals(life.get().uid()));
        String told = life.get().last().map(last -> last.state().name()).orElse("nothing");
        String is =
                pod.filter(it -> !recent(it))
                        .map(it -> it.view().state().name())
                        .orElse(pod.isPresent() ? told : "DELETED");
        return told.equals(is)
                ? Optional.empty()
                : Optional.of(
                        new Violation(
                                Promise.STATE_STALE.name(),
                                "%s %s is %s, was told %s"
                                        .formatted(ref.get(), life.get().uid(), is, told)));
    }

    private boolean recent(SimulatedPod pod) {
        return pod.changedAt().plus(SHOWN).isAfter(world.scheduler().instant());
    }

    private static boolean orphan(SimulatedPod pod, Map<String, PodState> states) {
        return pod.view().owner().isPresent()
                && Optional.ofNullable(states.get(pod.ref().key()))
                        .flatMap(state -> state.life(pod.uid()))
                        .isEmpty();
    }

    /// When nothing more happens.
    void judge() {
        world.promises().told().forEach(this::judgeAnswer);
        new LogCheck(world).judge();
        audit();
    }

    private void judgeAnswer(Promises.Told told) {
        ReadEvent event = told.event();
        Optional<CommandRef> command = event.cause();
        if (event.in().isEmpty() || command.isEmpty() || !creates(event.in().get())) {
            return;
        }
        switch (event.body()) {
            case ReadEvent.Failed failed when NO_POD_MADE.contains(failed.error().code()) ->
                    requireNotMade(told, command.get());
            case ReadEvent.Rejected rejected when NO_POD_MADE.contains(rejected.error().code()) ->
                    requireNotMade(told, command.get());
            case ReadEvent.Succeeded _ ->
                    event.podUid().ifPresent(uid -> requireMadeBy(command.get(), uid));
            default -> {}
        }
    }

    private boolean creates(RecordRef in) {
        return Optional.ofNullable(sent.get(in))
                .filter(each -> each.text().contains("io.podwire.pod.create.v1"))
                .isPresent();
    }

    /// A request that was on its way while its worker lost the partition is what the sweep is for.
    private void requireNotMade(Promises.Told told, CommandRef command) {
        int partition = told.event().in().orElseThrow().partition();
        Instant claimed =
                world.scheduler()
                        .instant()
                        .minusNanos(
                                world.scheduler().nanos()
                                        - Math.min(
                                                world.scheduler().nanos(),
                                                world.broker().claimedNanos(partition, told.by())));
        for (SimulatedPod pod : world.cluster().madeBy(command)) {
            boolean own = pod.creator().equals(told.by()) || pod.createdAt().isBefore(claimed);
            if (own && !pod.touched()) {
                world.promises()
                        .broken(
                                Promise.REFUSED_BUT_MADE,
                                "%s made %s".formatted(command.id(), pod.uid()));
            }
        }
    }

    private void requireMadeBy(CommandRef command, String uid) {
        boolean its =
                world.cluster().madeBy(command).stream().anyMatch(pod -> pod.uid().equals(uid));
        if (!its) {
            world.promises()
                    .broken(
                            Promise.ANOTHERS_POD,
                            "%s was answered with %s".formatted(command.id(), uid));
        }
    }

    private void audit() {
        Map<Integer, AuditRange.Part> parts = new HashMap<>();
        for (int partition = 0; partition < world.broker().partitions(); partition++) {
            long end = commands(partition).stream().mapToLong(LogRecord::offset).max().orElse(-1);
            OptionalLong settled =
                    world.broker()
                            .offset(partition)
                            .map(offset -> OptionalLong.of(offset.offset()))
                            .orElseGet(OptionalLong::empty);
            parts.put(
                    partition,
                    new AuditRange.Part(0, end + 1, end + 1, settled, AuditRange.Beginning.FIRST));
        }
        Audit audit =
                new Audit(
                        new AuditRange(Script.COMMANDS, parts, Instant.MIN),
                        Script.NAMESPACE,
                        Duration.ofHours(24),
                        finding ->
                                world.promises()
                                        .broken(
                                                new Violation(
                                                        finding.kind().name(), finding.json())));
        for (int partition = 0; partition < world.broker().partitions(); partition++) {
            commands(partition).forEach(each -> audit.command(each.delivery()));
            audit.commandsEnded(partition);
            world.broker()
                    .committed(Script.STATES, partition)
                    .forEach(each -> audit.state(each.delivery()));
            world.broker()
                    .committed(Script.EVENTS, partition)
                    .forEach(each -> audit.event(each.delivery()));
        }
        audit.close();
        var _ = audit.finish();
    }

    private List<LogRecord> commands(int partition) {
        return world.broker().committed(Script.COMMANDS, partition);
    }
}
