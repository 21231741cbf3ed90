package io.podwire.simulation;

import io.podwire.protocol.PodRef;

import org.apache.kafka.common.TopicPartition;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// The commands that a run sends, and when. Pure: follows from the seed alone.
final class Script {
    static final String COMMANDS = "pod-commands";
    static final String EVENTS = "pod-events";
    static final String STATES = "pod-states";
    static final String DEAD_LETTERS = "pod-commands.dlq";
    static final String NAMESPACE = "jobs";
    static final String SOURCE = "/simulation";

    private static final int MOST_PODS = 6;
    private static final int FEWEST = 8;
    private static final int MOST = 45;

    private final SplittableRandom random;
    private final Instant start;
    private final int pods;
    private final double repeats;
    private final List<Sending> sendings = new ArrayList<>();

    private Script(long seed, Instant start) {
        this.random = new SplittableRandom(seed ^ 0x6C62272E07BB0142L);
        this.start = start;
        this.pods = 1 + random.nextInt(MOST_PODS);
        this.repeats = random.nextDouble(0.2);
    }

    /// One record to send.
    record Sending(long number, Duration at, int pod, String id, String text) {
        PodRef ref() {
            return new PodRef(NAMESPACE, "p" + pod);
        }

        TopicPartition partition(int partitions) {
            return new TopicPartition(COMMANDS, pod % partitions);
        }

        byte[] value() {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        /// For a story.
        String summary() {
            return "%s p%d %s"
                    .formatted(
                            id,
                            pod,
                            text.replaceAll("\"(specversion|id|source)\":\"[^\"]*\",?", "")
                                    .replaceAll(
                                            "\"image.*\"},\"restartPolicy\"", "\"restartPolicy\"")
                                    .replace("io.podwire.", ""));
        }
    }

    static List<Sending> of(long seed, Instant start) {
        return new Script(seed, start).write();
    }

    private List<Sending> write() {
        int count = random.nextInt(FEWEST, MOST);
        Duration at = Duration.ofSeconds(2);
        Duration pace = Duration.ofMillis((long) Math.pow(10, random.nextDouble(0, 3.4)));
        for (int i = 0; i < count; i++) {
            if (random.nextDouble() < 0.6) {
                at = at.plusNanos((long) (random.nextDouble() * 2 * pace.toNanos()));
            }
            sendings.add(sending(i, at));
        }
        return sendings;
    }

    private Sending sending(int number, Duration at) {
        if (number > 0 && random.nextDouble() < repeats) {
            Sending first = sendings.get(random.nextInt(sendings.size()));
            return new Sending(number, at, first.pod(), first.id(), first.text());
        }
        int pod = random.nextInt(pods);
        String id = "c" + number;
        return new Sending(number, at, pod, id, text(pod, id, at));
    }

    private String text(int pod, String id, Duration at) {
        String name = "\"name\":\"p" + pod + "\"";
        double dice = random.nextDouble();
        if (dice < 0.40) {
            return message("pod.create", id, create(name), at);
        }
        if (dice < 0.64) {
            return message("pod.delete", id, delete(name), at);
        }
        if (dice < 0.72) {
            return message("pod.get", id, "{" + name + await() + "}", at);
        }
        if (dice < 0.86) {
            return message("pod.logs", id, logs(name), at);
        }
        if (dice < 0.93) {
            return message("command.cancel", id, cancel(name), at);
        }
        if (dice < 0.96) {
            return "not even JSON " + id;
        }
        return message("pod.create", knownId(pod, id), create(name), at);
    }

    /// One that another command of the partition has; in two partitions nobody promises anything.
    private String knownId(int pod, String otherwise) {
        return sendings.stream()
                .filter(each -> each.pod() % World.PARTITIONS == pod % World.PARTITIONS)
                .map(Sending::id)
                .findFirst()
                .orElse(otherwise);
    }

    private String create(String name) {
        String policy = pick("Never", "Never", "OnFailure", "Always");
        String ttl = random.nextDouble() < 0.2 ? ",\"ttlAfterFinished\":\"4s\"" : "";
        return "{\"pod\":{%s,\"image\":\"busybox:1.36\",\"resources\":{\"cpu\":1,\"memory\":\"64Mi\"},\"restartPolicy\":\"%s\"%s}%s}"
                .formatted(name, policy, ttl, await());
    }

    private String await() {
        if (random.nextDouble() < 0.6) {
            return "";
        }
        return ",\"await\":{\"state\":\"%s\",\"timeout\":\"%ds\"}"
                .formatted(
                        pick("Running", "Ready", "Succeeded", "Finished"), 1 + random.nextInt(25));
    }

    private String delete(String name) {
        String how =
                pick(
                        "",
                        "",
                        ",\"await\":\"Accepted\"",
                        ",\"timeout\":\"5s\"",
                        ",\"gracePeriodSeconds\":0",
                        ",\"gracePeriodSeconds\":3",
                        ",\"uid\":\"uid-2\"",
                        ",\"force\":true");
        return "{" + name + how + "}";
    }

    private String logs(String name) {
        return "{"
                + name
                + pick(
                        "",
                        ",\"follow\":true,\"timeout\":\"20s\"",
                        ",\"follow\":true,\"timeout\":\"5s\"",
                        ",\"tailLines\":3")
                + "}";
    }

    private String cancel(String name) {
        String target = "c" + random.nextInt(Math.max(1, sendings.size()));
        return "{%s,\"command\":{\"source\":\"%s\",\"id\":\"%s\"}}".formatted(name, SOURCE, target);
    }

    private String message(String type, String id, String data, Duration at) {
        String expiry =
                random.nextDouble() < 0.06
                        ? ",\"expirytime\":\"%s\""
                                .formatted(start.plus(at).plusMillis(random.nextInt(6_000)))
                        : "";
        return "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"%s\",\"type\":\"io.podwire.%s.v1\"%s,\"data\":%s}"
                .formatted(id, SOURCE, type, expiry, data);
    }

    private String pick(String... of) {
        return of[random.nextInt(of.length)];
    }
}
