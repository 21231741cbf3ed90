package io.podwire.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.testkit.RealCluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

/// A worker in a namespace of its own, and a client beside it.
///
/// Confined to the test's thread.
///
/// @param client of the worker's cluster
record WorkerOnCluster(KubernetesClient client, RunningWorker worker) {
    static WorkerOnCluster start(String bootstrapServers, Path kubeconfig)
            throws ExecutionException, InterruptedException {
        KubernetesClient client = RealCluster.client(kubeconfig);
        String namespace = RealCluster.newNamespace(client);
        return new WorkerOnCluster(
                client, new RunningWorker(bootstrapServers, kubeconfig, namespace));
    }

    /// On the cluster that the text of a kubeconfig leads to, which is kept in the directory.
    static WorkerOnCluster start(String bootstrapServers, Path dir, String kubeconfig)
            throws IOException, ExecutionException, InterruptedException {
        return start(bootstrapServers, Files.writeString(dir.resolve("kubeconfig"), kubeconfig));
    }

    /// With the namespace and all that is in it.
    void stop() throws InterruptedException {
        worker.close();
        client.namespaces().withName(worker.namespace()).delete();
        client.close();
    }
}
