package io.podwire.watch;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Quantity;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// How many GPUs a pod holds at once, by the limits of its containers.
final class GpuLimits {
    // `nvidia.com/gpu`, `amd.com/gpu`, time-shared `nvidia.com/gpu.shared`,
    // `nvidia.com/mig-1g.10gb`.
    private static final Pattern GPU = Pattern.compile(".*/(gpu|gpu\\.shared|mig-.*)");
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");

    private GpuLimits() {}

    static long of(Parts pod) {
        long together = pod.containers().stream().mapToLong(GpuLimits::of).sum();
        long sidecars =
                pod.initContainers().stream()
                        .filter(Parts::isSidecar)
                        .mapToLong(GpuLimits::of)
                        .sum();
        long before =
                pod.initContainers().stream()
                        .filter(init -> !Parts.isSidecar(init))
                        .mapToLong(GpuLimits::of)
                        .max()
                        .orElse(0);
        return Math.max(together + sidecars, before);
    }

    private static long of(Container container) {
        if (container.getResources() == null) {
            return 0;
        }
        Map<String, Quantity> limits = Lenient.map(container.getResources().getLimits());
        return limits.entrySet().stream()
                .filter(limit -> GPU.matcher(limit.getKey()).matches())
                .mapToLong(limit -> count(Optional.ofNullable(limit.getValue())))
                .sum();
    }

    private static long count(Optional<Quantity> limit) {
        return limit.map(Quantity::toString)
                .filter(text -> WHOLE.matcher(text).matches())
                .map(Long::parseLong)
                .orElse(0L);
    }
}
