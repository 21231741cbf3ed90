package io.podwire.kubernetes;

import java.util.List;

/// The attempt to connect to a cluster. Nothing is sent yet: whether it answers, the first request
/// tells.
public sealed interface Connection {
    /// Who opened it closes the clients.
    record Open(KubernetesClients clients) implements Connection {}

    /// The configuration cannot be right.
    ///
    /// @param mistakes whole sentences, for whoever configured it
    record Mistaken(List<String> mistakes) implements Connection {
        public Mistaken {
            mistakes = List.copyOf(mistakes);
        }
    }

    static Connection open(KubernetesSettings settings, Surroundings around) {
        return switch (ClusterAccess.find(settings, around)) {
            case ClusterAccess.Known(var config) ->
                    new Open(KubernetesClients.open(config, settings));
            case ClusterAccess.Mistaken(var mistakes) -> new Mistaken(mistakes);
        };
    }
}
