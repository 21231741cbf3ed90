package io.podwire.logs;

import io.podwire.protocol.LogRequest.Follow;
import io.podwire.protocol.LogRequest.Instance;
import io.podwire.protocol.PodConfig.RestartPolicy;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodStatus;
import io.podwire.protocol.PodStatus.ContainerKind;
import io.podwire.protocol.PodStatus.ContainerState;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// A pod whose containers print what the test wrote down, and a kubelet that gives it out as the real one does.
///
/// Time passes only when someone waits or asks. Thread-safe by one lock.
final class ScriptedPod implements LogSource, PodLook, Pause, InstantSource {
    static final Instant START = Instant.parse("2026-11-25T06:00:00Z");
    static final PodRef POD = new PodRef("ns", "pod");

    private final Map<String, List<Run>> containers = new LinkedHashMap<>();
    private final Map<String, ContainerKind> kinds = new LinkedHashMap<>();
    private final Deque<Opened> answers = new ArrayDeque<>();
    private final Deque<Look> looks = new ArrayDeque<>();
    final List<LogTarget> opened = new ArrayList<>();
    private Instant now = START;
    private Instant goneAt = Instant.MAX;
    private Instant removedAt = Instant.MAX;
    private Instant placedAt = Instant.MIN;
    private Duration lag = Duration.ZERO;
    private Optional<RestartPolicy> policy = Optional.of(RestartPolicy.NEVER);
    private Random random = new Random(1);
    private int cutOneIn = Integer.MAX_VALUE;
    private int cutsLeft;
    private int largestRead = 100_000;

    /// Whether the last end of a stream was a cut in disguise; two in a row at one place nobody could tell.
    private boolean lied;

    String uid = "u1";

    /// One line, or a part of one where `text` has no newline.
    ///
    /// @param stamp the kubelet's time of it
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Line(Instant time, Instant stamp, byte[] text) {}

    /// One run; once it is rotated, the kubelet has its lines from `keptFrom` on only.
    static final class Run {
        private final Instant start;
        private final Instant end;
        private final int exitCode;
        private final List<Line> lines = new ArrayList<>();
        private Instant rotatedAt = Instant.MAX;
        private int keptFrom;

        Run(Instant start, Instant end, int exitCode) {
            this.start = start;
            this.end = end;
            this.exitCode = exitCode;
        }

        Run print(Duration after, String text) {
            return print(after, text.getBytes(StandardCharsets.UTF_8));
        }

        Run print(Duration after, byte[] text) {
            lines.add(new Line(START.plus(after), START.plus(after), text));
            return this;
        }

        /// The line got its time that long before it got its place.
        Run printLate(Duration after, Duration late, String text) {
            Instant at = START.plus(after);
            lines.add(new Line(at, at.minus(late), text.getBytes(StandardCharsets.UTF_8)));
            return this;
        }

        Run rotate(Duration after, int firstKept) {
            rotatedAt = START.plus(after);
            keptFrom = firstKept;
            return this;
        }
    }

    Run run(String container, Duration from, Duration until, int exitCode) {
        Run run = new Run(START.plus(from), START.plus(until), exitCode);
        containers.computeIfAbsent(container, _ -> new ArrayList<>()).add(run);
        kinds.putIfAbsent(container, ContainerKind.MAIN);
        return run;
    }

    ScriptedPod container(String name, ContainerKind kind) {
        containers.computeIfAbsent(name, _ -> new ArrayList<>());
        kinds.put(name, kind);
        return this;
    }

    ScriptedPod goneAfter(Duration time) {
        goneAt = START.plus(time);
        return this;
    }

    /// The runtime has no container any more, and no log can be read of one: what is opened then is cut.
    ScriptedPod containersRemovedAfter(Duration time) {
        removedAt = START.plus(time);
        return this;
    }

    ScriptedPod placedAfter(Duration time) {
        placedAt = START.plus(time);
        return this;
    }

    ScriptedPod lagging(Duration time) {
        lag = time;
        return this;
    }

    ScriptedPod restarting(Optional<RestartPolicy> restarts) {
        policy = restarts;
        return this;
    }

    ScriptedPod disturbed(Random by, int oneReadIn, int bytesAtMost) {
        random = by;
        cutOneIn = oneReadIn;
        cutsLeft = 30;
        largestRead = bytesAtMost;
        return this;
    }

    /// The next log requests are answered so, one after another.
    ScriptedPod answering(Opened... next) {
        answers.addAll(Arrays.asList(next));
        return this;
    }

    ScriptedPod looking(Look... next) {
        looks.addAll(Arrays.asList(next));
        return this;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized void pause(Duration time) {
        now = now.plus(time);
    }

    @Override
    public synchronized Look look(PodRef pod) {
        now = now.plusMillis(3);
        if (!looks.isEmpty()) {
            return looks.poll();
        }
        Instant seen = now.minus(lag);
        return seen.isBefore(goneAt) ? new Look.Present(status(seen), policy) : new Look.Gone();
    }

    PodStatus status(Instant seen) {
        List<PodStatus.Container> views = new ArrayList<>();
        boolean finished = true;
        for (String name : containers.keySet()) {
            PodStatus.Container view = view(name, seen);
            views.add(view);
            List<Run> runs = containers.getOrDefault(name, List.of());
            finished &= !runs.isEmpty() && !seen.isBefore(runs.getLast().end);
        }
        PodLifecycle state = finished ? PodLifecycle.FAILED : PodLifecycle.RUNNING;
        Optional<String> node = seen.isBefore(placedAt) ? Optional.empty() : Optional.of("node");
        return new PodStatus(
                uid,
                1,
                Optional.empty(),
                state,
                "",
                "",
                Optional.empty(),
                Optional.empty(),
                false,
                views,
                node,
                Optional.empty(),
                0,
                Optional.empty());
    }

    private PodStatus.Container view(String name, Instant seen) {
        List<Run> runs = containers.getOrDefault(name, List.of());
        int index = latest(runs, seen);
        if (index < 0) {
            return container(name, ContainerState.WAITING, Optional.empty(), 0, Optional.empty());
        }
        Run run = runs.get(index);
        if (seen.isBefore(run.end)) {
            return container(
                    name, ContainerState.RUNNING, Optional.empty(), index, Optional.of(run));
        }
        boolean again = index + 1 < runs.size();
        ContainerState state = again ? ContainerState.WAITING : ContainerState.TERMINATED;
        return container(name, state, Optional.of(run.exitCode), index, Optional.of(run));
    }

    private PodStatus.Container container(
            String name,
            ContainerState state,
            Optional<Integer> exitCode,
            int restarts,
            Optional<Run> run) {
        return new PodStatus.Container(
                name,
                kinds.getOrDefault(name, ContainerKind.MAIN),
                state,
                Optional.empty(),
                exitCode,
                Optional.empty(),
                restarts,
                false,
                run.map(r -> r.start),
                Optional.empty());
    }

    private static int latest(List<Run> runs, Instant at) {
        int index = -1;
        while (index + 1 < runs.size() && !at.isBefore(runs.get(index + 1).start)) {
            index++;
        }
        return index;
    }

    @Override
    public synchronized Opened open(LogTarget target) {
        now = now.plusMillis(7);
        opened.add(target);
        if (!answers.isEmpty()) {
            return answers.poll();
        }
        if (!now.isBefore(goneAt)) {
            return new Opened.NoPod();
        }
        List<Run> runs = containers.get(target.container());
        if (runs == null) {
            return new Opened.NoContainer("container is not valid for pod");
        }
        int index = latest(runs, now);
        if (index < 0) {
            return new Opened.Waiting("is waiting to start");
        }
        if (target.instance() == Instance.PREVIOUS) {
            boolean dead = !now.isBefore(runs.get(index).end) && index + 1 < runs.size();
            int previous = dead ? index : index - 1;
            return previous < 0
                    ? new Opened.NoPrevious()
                    : new Opened.Stream(new Reading(runs.get(previous), target));
        }
        return new Opened.Stream(new Reading(runs.get(index), target));
    }

    /// One open log.
    private final class Reading implements LogBytes {
        private final Run run;
        private final LogTarget target;
        private int next;
        private boolean insideLine;
        private boolean ended;
        private byte[] ready = new byte[0];
        private int at;

        Reading(Run run, LogTarget target) {
            this.run = run;
            this.target = target;
            this.next = now.isBefore(run.rotatedAt) ? 0 : run.keptFrom;
            if (target.tailLines().isPresent()) {
                int visible = (int) run.lines.stream().filter(l -> !l.time().isAfter(now)).count();
                next = Math.max(next, visible - (int) target.tailLines().getAsLong());
            }
        }

        @Override
        public int read(byte[] into, int from, Duration atMost) throws IOException {
            synchronized (ScriptedPod.this) {
                if (ended) {
                    return -1;
                }
                if (!now.isBefore(removedAt)) {
                    throw new IOException("unexpected end");
                }
                if (cutsLeft > 0 && random.nextInt(cutOneIn) == 0) {
                    cutsLeft--;
                    lied = !lied && random.nextBoolean();
                    ended = lied; // the API server hides that the kubelet's stream was cut
                    if (ended) {
                        return -1;
                    }
                    throw new IOException("connection reset");
                }
                if (at == ready.length) {
                    load();
                }
                if (at < ready.length) {
                    return give(into, from);
                }
                boolean over = target.follow() == Follow.NO || !now.isBefore(run.end);
                if (over || !now.isBefore(goneAt)) {
                    lied = false;
                    return -1;
                }
                passTime(atMost);
                load();
                return at < ready.length ? give(into, from) : 0;
            }
        }

        private int give(byte[] into, int from) {
            int limit = Math.min(largestRead, Math.min(into.length - from, ready.length - at));
            int count = 1 + random.nextInt(limit);
            System.arraycopy(ready, at, into, from, count);
            at += count;
            return count;
        }

        private void load() {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            while (next < run.lines.size() && !run.lines.get(next).time().isAfter(now)) {
                Line line = run.lines.get(next++);
                if (target.sinceTime().filter(line.stamp()::isBefore).isEmpty()) {
                    if (!insideLine) {
                        bytes.writeBytes((line.stamp() + " ").getBytes(StandardCharsets.UTF_8));
                    }
                    bytes.writeBytes(line.text());
                }
                insideLine = line.text()[line.text().length - 1] != '\n';
            }
            ready = bytes.toByteArray();
            at = 0;
        }

        private void passTime(Duration atMost) {
            Instant until = now.plus(atMost);
            if (next < run.lines.size() && run.lines.get(next).time().isBefore(until)) {
                until = run.lines.get(next).time();
            }
            now = until.isBefore(run.end) ? until : run.end;
        }

        @Override
        public void close() {}
    }

    /// What reading gives is exactly these bytes.
    static Opened.Stream body(String text) {
        return body(text, false);
    }

    /// As [#body], but the connection is lost then.
    static Opened.Stream cutBody(String text) {
        return body(text, true);
    }

    private static Opened.Stream body(String text, boolean cut) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Opened.Stream(
                new LogBytes() {
                    private boolean read;

                    @Override
                    public int read(byte[] into, int from, Duration atMost) throws IOException {
                        if (read && cut) {
                            throw new IOException("connection reset");
                        }
                        if (read) {
                            return -1;
                        }
                        read = true;
                        System.arraycopy(bytes, 0, into, from, bytes.length);
                        return bytes.length;
                    }

                    @Override
                    public void close() {}
                });
    }
}
