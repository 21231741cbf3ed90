package io.podwire.manifest;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.NodeAffinityBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.NodeSelectorTermBuilder;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.PodAffinityTermBuilder;
import io.fabric8.kubernetes.api.model.PreferredSchedulingTerm;
import io.fabric8.kubernetes.api.model.WeightedPodAffinityTerm;
import io.podwire.protocol.AffinityConfig;
import io.podwire.protocol.AffinityConfig.NodeTerm;
import io.podwire.protocol.AffinityConfig.Nodes;
import io.podwire.protocol.AffinityConfig.PodTerm;
import io.podwire.protocol.AffinityConfig.Pods;
import io.podwire.protocol.AffinityConfig.Weighted;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Which nodes and pods the pod is to be near to or far from. Pod terms name no namespace, which means the
/// pod's own.
final class Affinities {
    private Affinities() {}

    /// Empty where the command does not care.
    static Optional<Affinity> of(AffinityConfig wanted) {
        if (wanted.equals(AffinityConfig.NONE)) {
            return Optional.empty();
        }
        AffinityBuilder affinity = new AffinityBuilder();
        if (!empty(wanted.nodes())) {
            affinity.withNodeAffinity(nodes(wanted.nodes()));
        }
        if (!wanted.near().equals(Pods.NONE)) {
            affinity.withNewPodAffinity()
                    .withRequiredDuringSchedulingIgnoredDuringExecution(required(wanted.near()))
                    .withPreferredDuringSchedulingIgnoredDuringExecution(preferred(wanted.near()))
                    .endPodAffinity();
        }
        if (!wanted.apart().equals(Pods.NONE)) {
            affinity.withNewPodAntiAffinity()
                    .withRequiredDuringSchedulingIgnoredDuringExecution(required(wanted.apart()))
                    .withPreferredDuringSchedulingIgnoredDuringExecution(preferred(wanted.apart()))
                    .endPodAntiAffinity();
        }
        return Optional.of(affinity.build());
    }

    private static boolean empty(Nodes nodes) {
        return nodes.required().isEmpty() && nodes.preferred().isEmpty();
    }

    private static NodeAffinity nodes(Nodes wanted) {
        NodeAffinityBuilder nodes =
                new NodeAffinityBuilder()
                        .withPreferredDuringSchedulingIgnoredDuringExecution(
                                wanted.preferred().stream()
                                        .map(Affinities::preferredNode)
                                        .toList());
        if (!wanted.required().isEmpty()) {
            nodes.withNewRequiredDuringSchedulingIgnoredDuringExecution()
                    .withNodeSelectorTerms(
                            wanted.required().stream().map(Affinities::nodeTerm).toList())
                    .endRequiredDuringSchedulingIgnoredDuringExecution();
        }
        return nodes.build();
    }

    private static PreferredSchedulingTerm preferredNode(Weighted<NodeTerm> wanted) {
        return new PreferredSchedulingTerm(nodeTerm(wanted.term()), wanted.weight());
    }

    private static NodeSelectorTerm nodeTerm(NodeTerm wanted) {
        return new NodeSelectorTermBuilder()
                .withMatchExpressions(
                        wanted.matchExpressions().stream()
                                .map(
                                        each ->
                                                new NodeSelectorRequirement(
                                                        each.key(), each.operator(), each.values()))
                                .toList())
                .build();
    }

    private static List<PodAffinityTerm> required(Pods wanted) {
        return wanted.required().stream().map(Affinities::podTerm).toList();
    }

    private static List<WeightedPodAffinityTerm> preferred(Pods wanted) {
        return wanted.preferred().stream()
                .map(each -> new WeightedPodAffinityTerm(podTerm(each.term()), each.weight()))
                .toList();
    }

    private static PodAffinityTerm podTerm(PodTerm wanted) {
        return new PodAffinityTermBuilder()
                .withLabelSelector(selector(wanted))
                .withTopologyKey(wanted.topologyKey())
                .build();
    }

    private static LabelSelector selector(PodTerm wanted) {
        return new LabelSelectorBuilder()
                .withMatchLabels(new TreeMap<>(wanted.matchLabels()))
                .withMatchExpressions(
                        wanted.matchExpressions().stream()
                                .map(
                                        each ->
                                                new LabelSelectorRequirement(
                                                        each.key(), each.operator(), each.values()))
                                .toList())
                .build();
    }
}
