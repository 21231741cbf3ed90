package io.podwire.config;

import io.podwire.codec.Spelling;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Lays the sources of settings over each other: what is added later wins.
///
/// Not thread-safe.
final class Layers {
    private static final String KAFKA_VARIABLES = Key.variable(KafkaKeys.PREFIX);

    /// Variables that begin like ours and are for the launcher, the logs and the tests.
    private static final Set<String> RESERVED =
            Set.of(
                    "PODWIRE_JAVA_HOME",
                    "PODWIRE_JAVA_OPTS",
                    "PODWIRE_LOG_FORMAT",
                    "PODWIRE_IT_KUBECONFIG",
                    "PODWIRE_IT_IMAGE");

    /// What Kubernetes puts into every container of a namespace where a Service is named `podwire…`.
    private static final Pattern SERVICE_LINK =
            Pattern.compile(
                    "PODWIRE_(\\w+_)?(SERVICE_HOST|SERVICE_PORT(_\\w+)?"
                            + "|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

    private static final Pattern SERVICE_PORT = Pattern.compile("PODWIRE_(\\w+_)?PORT");
    private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

    private final Map<String, Given> given = new TreeMap<>();
    private final List<String> mistakes = new ArrayList<>();

    Map<String, Given> given() {
        return given;
    }

    List<String> mistakes() {
        return mistakes;
    }

    void addFile(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            mistakes.add(file + ": there is no such file");
        } catch (IOException | IllegalArgumentException e) {
            mistakes.add(
                    "%s: cannot be read as a UTF-8 .properties file (%s)"
                            .formatted(file, e.getClass().getSimpleName()));
        }
        properties.stringPropertyNames().stream()
                .sorted()
                .forEach(key -> add(key, new Given(properties.getProperty(key), file.toString())));
    }

    void addEnvironment(Map<String, String> environment) {
        new TreeMap<>(environment)
                .forEach(
                        (variable, text) -> {
                            if (ours(variable, text)) {
                                addVariable(variable, new Given(text, variable));
                            }
                        });
    }

    private static boolean ours(String variable, String text) {
        boolean serviceLink =
                SERVICE_LINK.matcher(variable).matches()
                        || (SERVICE_PORT.matcher(variable).matches()
                                && SERVICE_ADDRESS.matcher(text).matches());
        return variable.startsWith("PODWIRE_") && !RESERVED.contains(variable) && !serviceLink;
    }

    private void addVariable(String variable, Given value) {
        Optional<Key<?>> key = Keys.ofVariable(variable);
        if (key.isPresent()) {
            add(key.get().name(), value);
        } else if (variable.startsWith(KAFKA_VARIABLES)) {
            add(Key.name(variable), value);
        } else {
            List<String> known = Keys.ALL.stream().map(Key::variable).toList();
            mistakes.add(variable + " is not a setting" + hint(variable, known, '_'));
        }
    }

    void addAssignment(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            String shown = new Given(assignment, "--set").shown(assignment);
            mistakes.add("--set %s: expected KEY=VALUE".formatted(shown));
            return;
        }
        String key = assignment.substring(0, equals).strip();
        add(key, new Given(assignment.substring(equals + 1), "--set"));
    }

    private void add(String key, Given value) {
        if (Keys.named(key).isPresent()) {
            given.put(key, value);
        } else if (key.startsWith(KafkaKeys.PREFIX)) {
            KafkaKeys.refusal(key)
                    .ifPresentOrElse(
                            reason ->
                                    mistakes.add(
                                            "%s (%s) cannot be set: %s"
                                                    .formatted(key, value.origin(), reason)),
                            () -> given.put(key, value));
        } else {
            List<String> known = Keys.ALL.stream().map(Key::name).toList();
            mistakes.add(
                    "%s (%s) is not a setting%s"
                            .formatted(key, value.origin(), hint(key, known, '.')));
        }
    }

    /// What was probably meant: a name spelt nearly so, or the only one with that end.
    private static String hint(String name, Collection<String> known, char separator) {
        String end = separator + name.replaceFirst("^PODWIRE_", "");
        List<String> sameEnd = known.stream().filter(it -> it.endsWith(end)).toList();
        return Spelling.nearest(name, known)
                .or(() -> sameEnd.size() == 1 ? Optional.of(sameEnd.getFirst()) : Optional.empty())
                .map(meant -> "; did you mean %s?".formatted(meant))
                .orElse("");
    }
}
