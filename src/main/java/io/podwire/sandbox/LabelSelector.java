package io.podwire.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The label selector of a list or watch: `a=b, c!=d, e in (f,g), h notin (i), j, !k`.
final class LabelSelector {
    private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s*\\(([^)]*)\\)\\s*");
    private static final Pattern COMPARED = Pattern.compile("([^!=\\s]+)\\s*(==|=|!=)\\s*(\\S*)");
    private static final Pattern BETWEEN = Pattern.compile(",(?![^(]*\\))");

    private LabelSelector() {}

    static Predicate<JsonNode> parse(String text) {
        List<Predicate<JsonNode>> terms = new ArrayList<>();
        for (String term : BETWEEN.split(text, -1)) {
            if (!term.isBlank()) {
                terms.add(term(term.strip()));
            }
        }
        return object -> {
            JsonNode labels = Json.at(object, "metadata", "labels");
            return terms.stream().allMatch(term -> term.test(labels));
        };
    }

    private static Predicate<JsonNode> term(String term) {
        Matcher set = SET.matcher(term);
        if (set.matches()) {
            Set<String> values =
                    Arrays.stream(set.group(3).split(",", -1))
                            .map(String::strip)
                            .collect(Collectors.toSet());
            return in(set.group(1), values, set.group(2).equals("in"));
        }
        Matcher compared = COMPARED.matcher(term);
        if (compared.matches()) {
            return in(
                    compared.group(1), Set.of(compared.group(3)), !compared.group(2).equals("!="));
        }
        if (term.matches("!?[-A-Za-z0-9_./]+")) {
            return term.startsWith("!")
                    ? labels -> !labels.has(term.substring(1).strip())
                    : labels -> labels.has(term);
        }
        throw ApiFailure.badRequest(
                "unable to parse requirement: found '%s', expected: identifier".formatted(term));
    }

    /// `notin` and `!=` also hold where the label is missing.
    private static Predicate<JsonNode> in(String key, Set<String> values, boolean wanted) {
        return labels -> (labels.has(key) && values.contains(labels.path(key).asText())) == wanted;
    }
}
