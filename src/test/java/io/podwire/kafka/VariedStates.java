package io.podwire.kafka;

import io.podwire.protocol.CommandRef;
import io.podwire.protocol.Event;
import io.podwire.protocol.Known;
import io.podwire.protocol.KnownIds;
import io.podwire.protocol.Life;
import io.podwire.protocol.Origin;
import io.podwire.protocol.Owner;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodState;
import io.podwire.protocol.PodStatus;
import io.podwire.protocol.RecordRef;
import io.podwire.protocol.Trace;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/// States as they may be in any installation: other names, ids, times and ends in each. Confined to one thread.
final class VariedStates {
    private static final List<String> WORDS =
            List.of(
                    "train", "job", "eval", "render", "etl", "import", "build", "test", "batch",
                    "ingest", "report", "encode", "nightly", "team", "user", "model");
    private static final List<String> TOPICS =
            List.of("pod-commands", "pod-commands", "commands", "podwire-commands");
    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    private final Random random;

    /// @param seed the same states for the same one
    VariedStates(long seed) {
        this.random = new Random(seed);
    }

    /// The next one.
    PodState state() {
        String namespace = oneOf(List.of("default", "jobs", word(), word() + "-" + word()));
        String number = String.valueOf(random.nextInt(1_000_000));
        PodRef pod = new PodRef(namespace, word() + "-" + oneOf(List.of(number, hex(8), uuid())));
        CommandRef command =
                new CommandRef(
                        oneOf(List.of("/podwire/cli", "/" + word(), "/" + word() + "/" + word())),
                        oneOf(List.of(uuid(), "create-" + pod.name(), hex(16))));
        Origin origin = origin(pod, command);
        Map<CommandRef, Known> known = new HashMap<>();
        known.put(command, known(origin.in(), Known.Keep.STATE));
        if (seldom()) {
            known.put(
                    new CommandRef(command.source(), uuid()),
                    known(origin.in(), Known.Keep.WINDOW));
        }
        return new PodState(
                pod.key(),
                Optional.of(pod),
                origin.in().offset() + random.nextInt(9),
                Optional.of(life(origin)),
                KnownIds.of(known),
                List.of(),
                List.of());
    }

    private Origin origin(PodRef pod, CommandRef command) {
        return new Origin(
                new RecordRef(oneOf(TOPICS), random.nextInt(24), random.nextInt(5_000_000)),
                Optional.of(pod.key()),
                Optional.of(command),
                Optional.of("io.podwire.pod.create.v1"),
                Optional.of(pod),
                sometimes(() -> word() + "-" + random.nextInt(1_000_000)),
                sometimes(
                        () -> new Trace("00-" + hex(32) + "-" + hex(16) + "-01", Optional.empty())),
                Optional.of(hex(64)));
    }

    private Known known(RecordRef in, Known.Keep keep) {
        Event.Verdict answer =
                oneOf(
                        List.of(
                                Event.Verdict.SUCCEEDED,
                                Event.Verdict.SUCCEEDED,
                                Event.Verdict.FAILED,
                                Event.Verdict.REJECTED));
        return new Known(in, hex(64), Optional.of(answer), keep, time());
    }

    private Life life(Origin origin) {
        Instant at = time();
        PodStatus last = status(origin, at);
        Optional<PodLifecycle> outcome =
                switch (last.phase()) {
                    case "Running" -> Optional.empty();
                    case "Failed" -> Optional.of(PodLifecycle.FAILED);
                    default -> Optional.of(PodLifecycle.SUCCEEDED);
                };
        boolean gone = last.state() == PodLifecycle.DELETED;
        return new Life(
                last.uid(),
                origin,
                3 + random.nextInt(5),
                Optional.of(last),
                outcome,
                outcome.map(_ -> at),
                gone ? Optional.of(at.plusMillis(random.nextInt(9_000_000))) : Optional.empty());
    }

    private PodStatus status(Origin origin, Instant at) {
        String phase = oneOf(List.of("Running", "Failed", "Succeeded", "Succeeded", "Succeeded"));
        Optional<String> reason =
                switch (phase) {
                    case "Running" -> Optional.empty();
                    case "Failed" -> Optional.of(oneOf(List.of("Error", "OOMKilled")));
                    default -> Optional.of("Completed");
                };
        boolean running = reason.isEmpty();
        PodLifecycle now =
                running
                        ? PodLifecycle.READY
                        : oneOf(
                                List.of(
                                        PodLifecycle.DELETED,
                                        phase.equals("Failed")
                                                ? PodLifecycle.FAILED
                                                : PodLifecycle.SUCCEEDED));
        Instant kubelet = Instant.ofEpochSecond(at.getEpochSecond());
        return new PodStatus(
                uuid(),
                random.nextInt(90_000_000),
                Optional.of(owner(origin)),
                now,
                reason.orElse("Running"),
                phase,
                reason,
                Optional.empty(),
                running,
                List.of(container(reason, kubelet)),
                Optional.of(node()),
                Optional.of("10.%d.%d.%d".formatted(octet(), octet(), octet())),
                seldom() ? 1 : 0,
                Optional.of(kubelet));
    }

    private PodStatus.Container container(Optional<String> reason, Instant kubelet) {
        boolean running = reason.isEmpty();
        int code = reason.equals(Optional.of("Completed")) ? 0 : 1 + random.nextInt(140);
        return new PodStatus.Container(
                "main",
                PodStatus.ContainerKind.MAIN,
                running ? PodStatus.ContainerState.RUNNING : PodStatus.ContainerState.TERMINATED,
                reason,
                reason.map(_ -> code),
                Optional.empty(),
                random.nextInt(2),
                running,
                Optional.of(kubelet.minusSeconds(random.nextInt(4_000))),
                reason.map(_ -> kubelet));
    }

    private Owner owner(Origin origin) {
        return new Owner(
                "podwire",
                origin.in().partition(),
                origin.command().orElseThrow(),
                origin.digest().orElseThrow(),
                sometimes(() -> Duration.ofMinutes(10)));
    }

    private String node() {
        return oneOf(
                List.of(
                        "ip-10-0-%d-%d.ec2.internal".formatted(octet(), octet()),
                        "node-" + octet(),
                        "gke-pool-" + hex(8)));
    }

    private int octet() {
        return random.nextInt(250);
    }

    private Instant time() {
        return BEGINNING.plusSeconds(random.nextInt(60_000_000)).plusNanos(random.nextInt(1 << 29));
    }

    private boolean seldom() {
        return random.nextInt(3) == 0;
    }

    private <T> Optional<T> sometimes(Supplier<T> value) {
        return seldom() ? Optional.of(value.get()) : Optional.empty();
    }

    private String word() {
        return oneOf(WORDS);
    }

    private String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private String hex(int digits) {
        StringBuilder text = new StringBuilder();
        for (int digit = 0; digit < digits; digit++) {
            text.append(Character.forDigit(random.nextInt(16), 16));
        }
        return text.toString();
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
