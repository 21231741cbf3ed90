package io.podwire.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/// The texts that won, read in the form of their keys.
record Values(Map<String, Given> given) {
    private static final List<Key<String>> TOPICS =
            List.of(
                    Keys.TOPIC_COMMANDS,
                    Keys.TOPIC_EVENTS,
                    Keys.TOPIC_STATES,
                    Keys.TOPIC_DEAD_LETTERS);

    /// Everything that keeps these from being settings.
    List<String> mistakes(Requirement requirement) {
        List<String> mistakes = new ArrayList<>();
        if (requirement == Requirement.RUN && text(Keys.BOOTSTRAP_SERVERS).isEmpty()) {
            mistakes.add(
                    "%s is missing: expected %s; set it in a file given with --config, with --set, or as %s"
                            .formatted(
                                    Keys.BOOTSTRAP_SERVERS.name(),
                                    Keys.BOOTSTRAP_SERVERS.form().expected(),
                                    Keys.BOOTSTRAP_SERVERS.variable()));
        }
        for (Key<?> key : Keys.ALL) {
            if (text(key).isPresent() && find(key).isEmpty()) {
                mistakes.add(badValue(key));
            }
        }
        addTopicsThatAreTheSame(mistakes);
        ttlAboveItsMaximum().ifPresent(mistakes::add);
        return mistakes;
    }

    private String badValue(Key<?> key) {
        Given value = given.getOrDefault(key.name(), new Given("", "default"));
        return "%s = %s (%s): expected %s"
                .formatted(
                        key.name(), value.shown(key.name()), value.origin(), key.form().expected());
    }

    private void addTopicsThatAreTheSame(List<String> mistakes) {
        Map<String, String> users = new TreeMap<>();
        for (Key<String> key : TOPICS) {
            find(key)
                    .flatMap(
                            topic ->
                                    Optional.ofNullable(users.putIfAbsent(topic, key.name()))
                                            .map(
                                                    other ->
                                                            "%s = \"%s\": expected another topic than that of %s"
                                                                    .formatted(
                                                                            key.name(),
                                                                            topic,
                                                                            other)))
                    .ifPresent(mistakes::add);
        }
    }

    /// Every create that does not say would be denied.
    private Optional<String> ttlAboveItsMaximum() {
        return find(Keys.POLICY_MAX_TTL)
                .filter(most -> find(Keys.TTL_AFTER_FINISHED).filter(longerThan(most)).isPresent())
                .map(
                        _ ->
                                "%s = \"%s\": expected at most the \"%s\" of %s"
                                        .formatted(
                                                Keys.TTL_AFTER_FINISHED.name(),
                                                text(Keys.TTL_AFTER_FINISHED).orElse(""),
                                                text(Keys.POLICY_MAX_TTL).orElse(""),
                                                Keys.POLICY_MAX_TTL.name()));
    }

    private static Predicate<Duration> longerThan(Duration most) {
        return time -> time.compareTo(most) > 0;
    }

    /// Empty where it is not set and has no default; then a blank text is the same as none.
    private Optional<String> text(Key<?> key) {
        Optional<String> set =
                Optional.ofNullable(given.get(key.name())).map(value -> value.text().strip());
        return key.standard().isPresent()
                ? set.or(key::standard)
                : set.filter(text -> !text.isEmpty());
    }

    <T> Optional<T> find(Key<T> key) {
        return text(key).flatMap(key.form()::read);
    }

    /// Of a key with a default, after [#mistakes] has found none.
    <T> T value(Key<T> key) {
        return find(key).orElseThrow();
    }

    /// What one kind of Kafka client gets.
    Map<String, Object> client(String kind) {
        Map<String, String> texts = new TreeMap<>();
        given.forEach(
                (key, value) -> {
                    if (key.startsWith(KafkaKeys.PREFIX)) {
                        texts.put(key, value.text());
                    }
                });
        texts.remove(Keys.BOOTSTRAP_SERVERS.name());
        find(Keys.BOOTSTRAP_SERVERS)
                .ifPresent(servers -> texts.put(Keys.BOOTSTRAP_SERVERS.name(), servers));
        return KafkaKeys.of(kind, texts);
    }
}
