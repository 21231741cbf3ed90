package io.podwire.protocol;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Which nodes, and which pods on them, the pod is to be near to or far from.
///
/// What is required holds while the pod is scheduled; what is preferred is weighed.
public record AffinityConfig(Nodes nodes, Pods near, Pods apart) {
    /// Does not care.
    public static final AffinityConfig NONE =
            new AffinityConfig(new Nodes(List.of(), List.of()), Pods.NONE, Pods.NONE);

    public AffinityConfig {
        Objects.requireNonNull(nodes, "nodes");
        Objects.requireNonNull(near, "near");
        Objects.requireNonNull(apart, "apart");
    }

    /// What the node must and should be like.
    ///
    /// @param required one of these, if any
    public record Nodes(List<NodeTerm> required, List<Weighted<NodeTerm>> preferred) {
        public Nodes {
            required = List.copyOf(required);
            preferred = List.copyOf(preferred);
        }
    }

    /// Nodes whose labels fit all expressions.
    public record NodeTerm(List<Expression> matchExpressions) {
        public NodeTerm {
            matchExpressions = List.copyOf(matchExpressions);
        }
    }

    /// Which pods must and should be there, or not be there.
    ///
    /// @param required all of these
    public record Pods(List<PodTerm> required, List<Weighted<PodTerm>> preferred) {
        public static final Pods NONE = new Pods(List.of(), List.of());

        public Pods {
            required = List.copyOf(required);
            preferred = List.copyOf(preferred);
        }
    }

    /// Pods of the same namespace whose labels fit all of it.
    ///
    /// @param topologyKey the label of nodes that says what counts as one place
    public record PodTerm(
            Map<String, String> matchLabels,
            List<Expression> matchExpressions,
            String topologyKey) {
        public PodTerm {
            matchLabels = Map.copyOf(matchLabels);
            matchExpressions = List.copyOf(matchExpressions);
            Objects.requireNonNull(topologyKey, "topologyKey");
        }
    }

    /// What is preferred, and how much.
    ///
    /// @param weight from 1 to 100
    public record Weighted<T>(int weight, T term) {}

    /// What a label must be like.
    public record Expression(String key, String operator, List<String> values) {
        public Expression {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(operator, "operator");
            values = List.copyOf(values);
        }
    }
}
