package io.podwire.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// How the simulated cluster is made.
///
/// @param port the port on loopback; 0 takes a free one
/// @param data where objects and logs are kept over a restart; empty keeps nothing
/// @param node what the one node offers
/// @param pace how fast things happen
/// @param limits how much is remembered
public record SimulationSettings(
        int port, Optional<Path> data, NodeCapacity node, Pace pace, Limits limits) {
    public SimulationSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535: " + port);
        }
    }

    /// A free port, nothing kept, 4 GPUs, quick.
    public static SimulationSettings defaults() {
        return new SimulationSettings(
                0, Optional.empty(), NodeCapacity.defaults(), Pace.quick(), Limits.defaults());
    }

    public SimulationSettings withPort(int other) {
        return new SimulationSettings(other, data, node, pace, limits);
    }

    public SimulationSettings withData(Path directory) {
        return new SimulationSettings(port, Optional.of(directory), node, pace, limits);
    }

    public SimulationSettings withNode(NodeCapacity other) {
        return new SimulationSettings(port, data, other, pace, limits);
    }

    public SimulationSettings withPace(Pace other) {
        return new SimulationSettings(port, data, node, other, limits);
    }

    public SimulationSettings withLimits(Limits other) {
        return new SimulationSettings(port, data, node, pace, other);
    }

    /// What the one node, named `simulated`, offers.
    ///
    /// @param cpu a quantity such as `64` or `500m`
    /// @param memory a quantity such as `256Gi`
    public record NodeCapacity(String cpu, String memory, int pods, int gpus) {
        public NodeCapacity {
            Quantities.parse(cpu);
            Quantities.parse(memory);
            if (pods < 0 || gpus < 0) {
                throw new IllegalArgumentException(
                        "pods and gpus must not be negative: " + pods + ", " + gpus);
            }
        }

        public static NodeCapacity defaults() {
            return new NodeCapacity("64", "256Gi", 5_000, 4);
        }
    }

    /// How fast things happen.
    ///
    /// @param schedule from create to the binding
    /// @param pull how long an image takes
    /// @param start from the pulled image to the running container
    /// @param backOff the first wait of CrashLoopBackOff and ImagePullBackOff (a real kubelet: 10 s);
    ///     doubles up to 30 times itself
    /// @param cleanUp from the end of a deleted pod's last container to the end of the pod
    /// @param retry how often what is missing (a Secret, a volume) is looked for again
    /// @param bookmark how often a watch that asks for it gets a bookmark
    public record Pace(
            Duration schedule,
            Duration pull,
            Duration start,
            Duration backOff,
            Duration cleanUp,
            Duration retry,
            Duration bookmark) {
        public static Pace quick() {
            return new Pace(
                    Duration.ofMillis(10),
                    Duration.ofMillis(20),
                    Duration.ofMillis(20),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(200),
                    Duration.ofSeconds(10));
        }
    }

    /// How much is remembered; what is older is forgotten.
    ///
    /// @param changes changes that a watch can start before; older starts are answered 410
    /// @param logBytes the log of one container instance
    /// @param requests entries of [SimulatedCluster#requests()]
    public record Limits(int changes, int logBytes, int requests) {
        public Limits {
            if (changes < 1 || logBytes < 1 || requests < 1) {
                throw new IllegalArgumentException(
                        "limits must be at least 1: %d, %d, %d"
                                .formatted(changes, logBytes, requests));
            }
        }

        public static Limits defaults() {
            return new Limits(20_000, 10 * 1024 * 1024, 100_000);
        }
    }
}
