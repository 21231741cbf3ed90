package io.podwire.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The field selector of a list or watch: `status.phase=Running,metadata.name!=x`.
final class FieldSelector {
    private static final Pattern TERM = Pattern.compile("([^!=]+)(==|=|!=)(.*)");
    private static final Set<String> ALWAYS = Set.of("metadata.name", "metadata.namespace");
    private static final Set<String> OF_PODS =
            Set.of(
                    "spec.nodeName",
                    "spec.restartPolicy",
                    "spec.schedulerName",
                    "spec.serviceAccountName",
                    "status.phase",
                    "status.podIP",
                    "status.nominatedNodeName");

    private FieldSelector() {}

    static Predicate<JsonNode> parse(Kind kind, String text) {
        List<Predicate<JsonNode>> terms = new ArrayList<>();
        for (String term : text.split(",", -1)) {
            if (!term.isBlank()) {
                terms.add(term(kind, term.strip()));
            }
        }
        return object -> terms.stream().allMatch(term -> term.test(object));
    }

    private static Predicate<JsonNode> term(Kind kind, String term) {
        Matcher matcher = TERM.matcher(term);
        if (!matcher.matches()) {
            throw ApiFailure.badRequest(
                    "invalid selector: '%s'; can't understand '%s'".formatted(term, term));
        }
        String field = matcher.group(1);
        if (!ALWAYS.contains(field) && !(kind == Kind.POD && OF_PODS.contains(field))) {
            throw ApiFailure.badRequest("field label not supported: " + field);
        }
        boolean wanted = !matcher.group(2).equals("!=");
        String[] path = field.split("\\.", -1);
        return object -> Json.text(object, path).equals(matcher.group(3)) == wanted;
    }
}
