package io.podwire.codec;

import static io.podwire.protocol.ErrorReason.SCHEMA;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.List;
import java.util.regex.Pattern;

/// What a schema cannot say of an affinity: how many values an operator takes, and of which kind.
///
/// Confined to one message.
final class AffinityChecks {
    /// Fewer digits than the largest 64-bit number has.
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,18}");

    private final Findings findings;
    private final String affinity;

    /// @param affinity pointer to it, whether it is there or not
    AffinityChecks(Findings findings, String affinity) {
        this.findings = findings;
        this.affinity = affinity;
    }

    void check() {
        String nodes = affinity + "/nodeAffinity/";
        terms(nodes + AffinityReader.REQUIRED + "/nodeSelectorTerms", "");
        terms(nodes + AffinityReader.PREFERRED, "/preference");
        for (String kind : List.of("/podAffinity/", "/podAntiAffinity/")) {
            terms(affinity + kind + AffinityReader.REQUIRED, "/labelSelector");
            terms(affinity + kind + AffinityReader.PREFERRED, "/podAffinityTerm/labelSelector");
        }
    }

    /// @param selector from a term to what holds its expressions
    private void terms(String list, String selector) {
        for (int i = 0; i < findings.at(list).size(); i++) {
            String expressions = list + "/" + i + selector + "/matchExpressions";
            for (int j = 0; j < findings.at(expressions).size(); j++) {
                expression(expressions + "/" + j);
            }
        }
    }

    private void expression(String pointer) {
        JsonNode expression = findings.at(pointer);
        String operator = expression.path("operator").asText();
        List<String> values = Values.list(expression, "values", JsonNode::asText);
        switch (operator) {
            case "In", "NotIn" -> {
                if (values.isEmpty()) {
                    findings.flaw(SCHEMA, pointer + "/values", "needs a value with " + operator);
                }
            }
            case "Gt", "Lt" -> {
                if (values.size() != 1 || !WHOLE_NUMBER.matcher(values.getFirst()).matches()) {
                    String flaw = "must be one whole number with " + operator;
                    findings.flaw(SCHEMA, pointer + "/values", flaw);
                }
            }
            default -> {
                if (!values.isEmpty()) {
                    findings.flaw(SCHEMA, pointer + "/values", "must be empty with " + operator);
                }
            }
        }
    }
}
