package io.podwire.bench;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.podwire.manifest.PodManifest;
import io.podwire.protocol.Command;
import io.podwire.protocol.PodMarks;
import io.podwire.protocol.PodStatus;
import io.podwire.testkit.RealCluster;
import io.podwire.watch.PodView;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Creates pods with a fabric8 client as anybody would, the same pods as Podwire makes of the same commands, while an
/// informer watches them. Thread-safe.
final class RealPods implements Handler, AutoCloseable {
    private final KubernetesClient client;
    private final PodManifest manifests;
    private final SharedIndexInformer<Pod> informer;
    private final AtomicLong seen = new AtomicLong();

    RealPods(ArmSpec spec) {
        String group = PodMarks.groupLabel(spec.group());
        client = RealCluster.client(spec.kubeconfig());
        manifests = new PodManifest(group, Optional.empty());
        informer =
                client.pods()
                        .inNamespace(ArmSpec.NAMESPACE)
                        .withLabel(PodMarks.GROUP, group)
                        .inform(new Counting());
    }

    @Override
    public PodStatus carryOut(Command command) {
        if (!(command instanceof Command.CreatePod create)) {
            throw new IllegalArgumentException("not a create: " + command);
        }
        Pod pod = manifests.of(create.pod(), create.config(), create.origin());
        return PodView.of(client.resource(pod).create());
    }

    @Override
    public void close() {
        informer.close();
        client.close();
    }

    private final class Counting implements ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod pod) {
            seen.incrementAndGet();
        }

        @Override
        public void onUpdate(Pod before, Pod pod) {
            seen.incrementAndGet();
        }

        @Override
        public void onDelete(Pod pod, boolean finalStateUnknown) {
            seen.incrementAndGet();
        }
    }
}
