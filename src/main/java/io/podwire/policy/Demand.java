package io.podwire.policy;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;

/// How much of something a pod needs in all, by the rule of Kubernetes' scheduler.
final class Demand {
    private Demand() {}

    /// Containers and sidecars together, or, where that is more, an init container with the sidecars that began
    /// before it.
    ///
    /// @param containers in the order in which they begin
    static BigDecimal of(List<PodContainer> containers, Function<PodContainer, BigDecimal> amount) {
        BigDecimal staying = BigDecimal.ZERO;
        BigDecimal most = BigDecimal.ZERO;
        for (PodContainer container : containers) {
            BigDecimal own = amount.apply(container);
            switch (container.role()) {
                case INIT -> most = most.max(staying.add(own));
                case SIDECAR, MAIN -> staying = staying.add(own);
            }
        }
        return most.max(staying);
    }
}
