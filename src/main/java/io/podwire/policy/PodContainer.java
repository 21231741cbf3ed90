package io.podwire.policy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// A container of the final pod, and where the command asks for it.
///
/// @param pointer into the command
record PodContainer(String pointer, Role role, Container container) {
    static final String POD = "/data/pod";

    enum Role {
        /// Runs before the others, and ends.
        INIT,
        /// Begins before the others, and stays (KEP-753).
        SIDECAR,
        MAIN
    }

    /// All of them, in the order in which they begin.
    static List<PodContainer> of(PodSpec spec) {
        List<PodContainer> all = new ArrayList<>();
        int inits = 0;
        int sidecars = 0;
        for (Container init : spec.getInitContainers()) {
            all.add(
                    isSidecar(init)
                            ? new PodContainer(POD + "/sidecars/" + sidecars++, Role.SIDECAR, init)
                            : new PodContainer(
                                    POD + "/initContainers/" + inits++, Role.INIT, init));
        }
        spec.getContainers().forEach(main -> all.add(new PodContainer(POD, Role.MAIN, main)));
        return all;
    }

    private static boolean isSidecar(Container init) {
        return "Always".equals(init.getRestartPolicy());
    }

    String name() {
        return container.getName();
    }

    String image() {
        return String.valueOf(container.getImage());
    }

    /// Its limit of one resource; empty where it has none, and may take whatever there is.
    Optional<BigDecimal> limit(String resource) {
        return limits(resource::equals).stream().findFirst();
    }

    /// How many devices of any kind: every resource that is not Kubernetes' own.
    BigDecimal devices() {
        return limits(name -> name.contains("/")).stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private List<BigDecimal> limits(Predicate<String> names) {
        if (container.getResources() == null || container.getResources().getLimits() == null) {
            return List.of();
        }
        return container.getResources().getLimits().entrySet().stream()
                .filter(limit -> names.test(limit.getKey()))
                .map(Map.Entry::getValue)
                .map(Quantity::getNumericalAmount)
                .toList();
    }
}
