package io.podwire.app;

import io.podwire.http.Console;
import io.podwire.http.LiveEvents;
import io.podwire.http.PodTable;
import io.podwire.kafka.Commits;
import io.podwire.kafka.HeldPods;
import io.podwire.kafka.KafkaClients;
import io.podwire.kafka.PodHistory;
import io.podwire.kafka.Topics;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// What the console shows of one worker: nothing until it works. Thread-safe.
final class ConsoleSources {
    private final LiveEvents live = new LiveEvents();
    private final KafkaClients.ClientSettings kafka;
    private final Topics topics;
    private final InstantSource clock;

    private volatile Optional<HeldPods> pods = Optional.empty();

    ConsoleSources(WorkerParts parts, InstantSource clock) {
        this.kafka = parts.kafka();
        this.topics = parts.topics();
        this.clock = clock;
    }

    /// What tells the console of commits, and these.
    Commits beside(Commits others) {
        return (event, settled) -> {
            others.told(event, settled);
            live.tell(event);
        };
    }

    /// The worker works.
    void begin(HeldPods held) {
        pods = Optional.of(held);
    }

    /// @param namespace of commands that name none
    Console console(String namespace) {
        PodTable table =
                (text, most) ->
                        pods.map(held -> search(held, text, most))
                                .orElseGet(() -> new PodTable.Found(new TreeSet<>(), List.of(), 0));
        var history =
                new TopicHistory(
                        new PodHistory(new KafkaClients(kafka), topics),
                        pod -> pods.flatMap(held -> held.find(pod)),
                        clock);
        return new Console(table, history, live, kafka.groupId(), namespace);
    }

    private static PodTable.Found search(HeldPods held, String text, int most) {
        HeldPods.Found found = held.search(text, most);
        return new PodTable.Found(held.partitions(), found.pods(), found.matches());
    }
}
