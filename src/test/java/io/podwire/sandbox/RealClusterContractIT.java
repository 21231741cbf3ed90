package io.podwire.sandbox;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.testkit.ApiServerOutage;
import io.podwire.testkit.OnRealCluster;
import io.podwire.testkit.RealCluster;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;

import java.time.Duration;
import java.util.Optional;

/// What the simulated cluster promises, held against a real one: where they differ, the simulator is wrong.
@OnRealCluster
@Timeout(120)
class RealClusterContractIT {
    /// Side by side with each other, but with no other class: one of them restarts the API server.
    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    @Execution(
            value = ExecutionMode.CONCURRENT,
            reason = "they wait for a kubelet most of the time")
    @ResourceLock(
            value = ClusterUnderTest.API_SERVER,
            mode = ResourceAccessMode.READ,
            target = ResourceLockTarget.CHILDREN)
    class Contract
            implements CreateContract, DeleteContract, LogContract, WatchContract, KubeletContract {
        private Optional<KubernetesClient> client = Optional.empty();
        private String namespace = "";

        @BeforeAll
        void open() {
            KubernetesClient opened = RealCluster.client();
            client = Optional.of(opened);
            namespace = RealCluster.newNamespace(opened);
        }

        @AfterAll
        void close() {
            client.ifPresent(
                    opened -> {
                        opened.namespaces().withName(namespace).delete();
                        opened.close();
                    });
        }

        @Override
        public KubernetesClient client() {
            return client.orElseThrow();
        }

        @Override
        public String namespace() {
            return namespace;
        }

        /// A restarted API server remembers from its start on; a new one may remember everything.
        @Override
        public void forgetOldRevisions() throws InterruptedException {
            ApiServerOutage.of(Duration.ofMillis(1), client());
        }
    }
}
