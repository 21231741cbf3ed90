package io.podwire.bench;

import io.podwire.kafka.Topics;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What an arm's process is told.
///
/// @param handler how long the simulated call takes at least and at most, in microseconds
/// @param kubeconfig of the cluster that Podwire watches
/// @param tally where the process writes, as it ends, how often calls for one pod overlapped
record ArmSpec(
        ArmKind kind,
        String bootstrapServers,
        Topics topics,
        String group,
        HandlerTime handler,
        Path kubeconfig,
        Path tally) {
    static final String NAMESPACE = "default";

    /// An arm with the usual names, whose log and tally are in the stage's directory.
    static ArmSpec of(Stage stage, ArmKind kind, Topics topics, String group, HandlerTime handler) {
        return new ArmSpec(
                kind,
                stage.bootstrapServers(),
                topics,
                group,
                handler,
                stage.kubeconfig(),
                stage.dir().resolve(group + ".tally"));
    }

    /// The same, of several in the group.
    ArmSpec numbered(int number) {
        Path own = tally.resolveSibling(group + "-" + number + ".tally");
        return new ArmSpec(kind, bootstrapServers, topics, group, handler, kubeconfig, own);
    }

    /// The same before another cluster.
    ArmSpec on(Path cluster) {
        return new ArmSpec(kind, bootstrapServers, topics, group, handler, cluster, tally);
    }

    List<String> arguments() {
        return List.of(
                "kind=" + kind,
                "bootstrap=" + bootstrapServers,
                "commands=" + topics.commands(),
                "events=" + topics.events(),
                "states=" + topics.states(),
                "dlq=" + topics.deadLetters(),
                "group=" + group,
                "least=" + handler.leastMicros(),
                "most=" + handler.mostMicros(),
                "kubeconfig=" + kubeconfig,
                "tally=" + tally);
    }

    static ArmSpec of(String[] arguments) {
        Map<String, String> all = new HashMap<>();
        for (String each : arguments) {
            String[] pair = each.split("=", 2);
            all.put(pair[0], pair[1]);
        }
        return new ArmSpec(
                ArmKind.valueOf(text(all, "kind")),
                text(all, "bootstrap"),
                new Topics(
                        text(all, "commands"),
                        text(all, "events"),
                        text(all, "states"),
                        text(all, "dlq")),
                text(all, "group"),
                new HandlerTime(
                        Long.parseLong(text(all, "least")), Long.parseLong(text(all, "most"))),
                Path.of(text(all, "kubeconfig")),
                Path.of(text(all, "tally")));
    }

    private static String text(Map<String, String> all, String name) {
        return Objects.requireNonNull(all.get(name), name);
    }
}
