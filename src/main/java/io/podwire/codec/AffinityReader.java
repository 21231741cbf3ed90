package io.podwire.codec;

import com.fasterxml.jackson.databind.JsonNode;

import io.podwire.protocol.AffinityConfig;
import io.podwire.protocol.AffinityConfig.Expression;
import io.podwire.protocol.AffinityConfig.NodeTerm;
import io.podwire.protocol.AffinityConfig.Nodes;
import io.podwire.protocol.AffinityConfig.PodTerm;
import io.podwire.protocol.AffinityConfig.Pods;
import io.podwire.protocol.AffinityConfig.Weighted;

import java.util.List;

/// Reads an affinity whose JSON has passed all checks.
final class AffinityReader {
    static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

    private AffinityReader() {}

    static AffinityConfig read(JsonNode affinity) {
        return new AffinityConfig(
                nodes(affinity.path("nodeAffinity")),
                pods(affinity.path("podAffinity")),
                pods(affinity.path("podAntiAffinity")));
    }

    private static Nodes nodes(JsonNode node) {
        return new Nodes(
                Values.list(node.path(REQUIRED), "nodeSelectorTerms", AffinityReader::nodeTerm),
                Values.list(
                        node,
                        PREFERRED,
                        each ->
                                new Weighted<>(
                                        each.path("weight").intValue(),
                                        nodeTerm(each.path("preference")))));
    }

    private static NodeTerm nodeTerm(JsonNode term) {
        return new NodeTerm(expressions(term));
    }

    private static Pods pods(JsonNode node) {
        return new Pods(
                Values.list(node, REQUIRED, AffinityReader::podTerm),
                Values.list(
                        node,
                        PREFERRED,
                        each ->
                                new Weighted<>(
                                        each.path("weight").intValue(),
                                        podTerm(each.path("podAffinityTerm")))));
    }

    private static PodTerm podTerm(JsonNode term) {
        JsonNode selector = term.path("labelSelector");
        return new PodTerm(
                Values.texts(selector, "matchLabels"),
                expressions(selector),
                Values.text(term, "topologyKey"));
    }

    private static List<Expression> expressions(JsonNode selector) {
        return Values.list(
                selector,
                "matchExpressions",
                each ->
                        new Expression(
                                Values.text(each, "key"),
                                Values.text(each, "operator"),
                                Values.list(each, "values", JsonNode::asText)));
    }
}
