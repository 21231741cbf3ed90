package io.podwire.config;

import io.podwire.config.WorkerSettings.Cleaning;
import io.podwire.config.WorkerSettings.Clients;
import io.podwire.config.WorkerSettings.Http;
import io.podwire.config.WorkerSettings.Kafka;
import io.podwire.config.WorkerSettings.Policy;
import io.podwire.config.WorkerSettings.Times;
import io.podwire.kafka.Topics;
import io.podwire.kubernetes.KubernetesSettings;
import io.podwire.policy.PodLimits;
import io.podwire.policy.PodRules;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// Makes settings of what people wrote: files, then the environment, then the command line; the later wins.
///
/// The environment variable of a key is `PODWIRE_` and the key in upper case with `_` for the dot.
public final class Settings {
    private Settings() {}

    /// Reads all sources and tells all mistakes in them at once.
    ///
    /// @param files in `.properties` form, UTF-8; a later one wins over an earlier one
    /// @param environment all of it; only what begins with `PODWIRE_` is looked at
    /// @param assignments each `KEY=VALUE`
    public static Loaded load(
            List<Path> files,
            Map<String, String> environment,
            List<String> assignments,
            Requirement requirement) {
        Layers layers = layers(files, environment, assignments);
        Values values = new Values(layers.given());
        List<String> mistakes = new ArrayList<>(layers.mistakes());
        mistakes.addAll(values.mistakes(requirement));
        return mistakes.isEmpty()
                ? new Loaded.Good(settings(values))
                : new Loaded.Mistaken(mistakes);
    }

    private static Layers layers(
            List<Path> files, Map<String, String> environment, List<String> assignments) {
        Layers layers = new Layers();
        files.forEach(layers::addFile);
        layers.addEnvironment(environment);
        assignments.forEach(layers::addAssignment);
        return layers;
    }

    /// What holds, and who said so, from the same sources as [#load]: the table first, then what Kafka's clients get.
    ///
    /// Texts of keys that look secret are hidden. Mistakes are for [#load] to tell.
    public static List<Holding> holding(
            List<Path> files, Map<String, String> environment, List<String> assignments) {
        Map<String, Given> given = new TreeMap<>(layers(files, environment, assignments).given());
        List<Holding> all = new ArrayList<>();
        for (Key<?> key : Keys.ALL) {
            Optional<Given> said = Optional.ofNullable(given.remove(key.name()));
            all.add(
                    said.map(it -> Holding.of(key.name(), it))
                            .orElseGet(() -> Holding.unless(key)));
        }
        given.forEach((name, said) -> all.add(Holding.of(name, said)));
        return all;
    }

    private static WorkerSettings settings(Values values) {
        return new WorkerSettings(
                kafka(values),
                new KubernetesSettings(
                        values.find(Keys.KUBECONFIG),
                        values.find(Keys.CONTEXT),
                        values.find(Keys.NAMESPACE),
                        values.value(Keys.REQUEST_TIMEOUT)),
                policy(values),
                new Times(
                        values.value(Keys.COMMAND_TIMEOUT),
                        values.value(Keys.IDS_WINDOW),
                        values.value(Keys.DRAIN_TIMEOUT)),
                new Cleaning(
                        values.find(Keys.TTL_AFTER_FINISHED)
                                .or(() -> values.find(Keys.POLICY_MAX_TTL)),
                        values.value(Keys.SWEEP)),
                new Http(
                        values.value(Keys.HTTP_HOST),
                        values.value(Keys.HTTP_PORT),
                        values.value(Keys.HTTP_CONSOLE).equals("on")));
    }

    private static Policy policy(Values values) {
        return new Policy(
                values.find(Keys.POLICY_NAMESPACES).orElse(List.of()),
                values.value(Keys.POLICY_COMMANDS),
                values.value(Keys.POLICY_POD_SECURITY),
                values.value(Keys.POLICY_FOREIGN_PODS),
                new PodRules(
                        values.value(Keys.POLICY_IMAGES),
                        values.find(Keys.POLICY_SERVICE_ACCOUNTS).orElse(List.of()),
                        new PodLimits(
                                values.find(Keys.POLICY_MAX_CPU),
                                values.find(Keys.POLICY_MAX_MEMORY),
                                values.find(Keys.POLICY_MAX_GPU),
                                values.find(Keys.POLICY_MAX_TTL))));
    }

    private static Kafka kafka(Values values) {
        return new Kafka(
                new Clients(
                        values.client("consumer"),
                        values.client("producer"),
                        values.client("admin")),
                new Topics(
                        values.value(Keys.TOPIC_COMMANDS),
                        values.value(Keys.TOPIC_EVENTS),
                        values.value(Keys.TOPIC_STATES),
                        values.value(Keys.TOPIC_DEAD_LETTERS)),
                values.value(Keys.GROUP_ID),
                values.find(Keys.WORKER_ID).orElseGet(Settings::randomId));
    }

    /// Twelve hex digits: short enough for a header of every event, and two never meet.
    private static String randomId() {
        return UUID.randomUUID().toString().substring(24);
    }

    /// The table of all settings, for whoever documents or lists them.
    public static List<Setting> table() {
        return Keys.ALL.stream()
                .map(
                        key ->
                                new Setting(
                                        key.name(),
                                        key.form().expected(),
                                        key.standard().orElse(""),
                                        key.meaning()))
                .toList();
    }

    /// What Kafka's clients may not be given, by their own name of it, and why.
    public static Map<String, String> refusedOfKafka() {
        return KafkaKeys.refusals();
    }

    /// One line of the table.
    ///
    /// @param standard the text that holds when nobody sets it; blank where there is none
    public record Setting(String name, String form, String standard, String meaning) {}

    /// A setting as it holds.
    ///
    /// @param text empty where nobody set it and nothing is standard
    /// @param origin the file, variable or option; `default`, or `not set`
    public record Holding(String name, String text, String origin) {
        static Holding of(String name, Given said) {
            String text = Given.looksSecret(name) ? "(hidden)" : said.text();
            return new Holding(name, text, said.origin());
        }

        static Holding unless(Key<?> key) {
            return key.standard()
                    .map(text -> new Holding(key.name(), text, "default"))
                    .orElseGet(() -> new Holding(key.name(), "", "not set"));
        }
    }
}
