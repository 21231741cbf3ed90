package io.podwire.bench;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How much processor time everybody on the machine has had so far.
///
/// @param byPart of the processes that run now
record CpuTimes(Map<Part, Duration> byPart) {
    private static final String API_SERVER = "kube-apiserver";

    /// As the local cluster calls them, which is one program.
    private static final Set<String> CLUSTER =
            Set.of("etcd", "kube-scheduler", "kube-controller-manager", "kubelet");

    CpuTimes {
        byPart = Map.copyOf(byPart);
    }

    /// @param arm of which the compilers are counted by themselves
    /// @param others processes of the benchmark, by their numbers
    static CpuTimes now(ArmProcess arm, Map<Long, Part> others) {
        Map<Long, Part> ours = new HashMap<>(others);
        ours.put(arm.pid(), Part.ARM);
        Map<Part, Duration> all = new EnumMap<>(Part.class);
        Duration compilers = ThreadTimes.ofCompilers(arm.pid());
        all.put(Part.COMPILERS, compilers);
        all.put(Part.ARM, compilers.negated());
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            ProcessHandle.Info info = process.info();
            Part part = Optional.ofNullable(ours.get(process.pid())).orElseGet(() -> foreign(info));
            all.merge(part, info.totalCpuDuration().orElse(Duration.ZERO), Duration::plus);
        }
        return new CpuTimes(all);
    }

    private static Part foreign(ProcessHandle.Info process) {
        String[] arguments = process.arguments().orElse(new String[0]);
        String component = arguments.length == 0 ? "" : arguments[0];
        if (component.equals(API_SERVER)) {
            return Part.API_SERVER;
        }
        return CLUSTER.contains(component) ? Part.CLUSTER : Part.OTHERS;
    }

    /// Milliseconds for each of so many things that were done since.
    Map<Part, Double> millisSince(CpuTimes before, int done) {
        Map<Part, Double> each = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            long nanos = of(part).minus(before.of(part)).toNanos();
            each.put(part, nanos / 1e6 / done);
        }
        return each;
    }

    private Duration of(Part part) {
        return byPart.getOrDefault(part, Duration.ZERO);
    }
}
