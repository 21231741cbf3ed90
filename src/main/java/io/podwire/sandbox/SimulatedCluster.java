package io.podwire.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A Kubernetes cluster with one node, simulated in this process: API server, scheduler and kubelet.
///
/// It answers as a real API server does, for pods and what they need. Containers run in a simulated shell; no
/// command and no image of the host or of a registry is ever started. Faults can be put in. Thread-safe.
///
/// With a data directory, objects and logs outlive the process. Containers do not: what ran when the process
/// stopped is told as lost (`ContainerStatusUnknown`, exit code 137), and the restart policy decides.
public final class SimulatedCluster implements AutoCloseable {
    private static final String CONTEXT = "podwire-sim";

    private final ObjectStore store;
    private final Journal journal;
    private final OpenStreams streams = new OpenStreams();
    private final Faults faults = new Faults(streams);
    private final RequestLog requests;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ApiServer server;

    private SimulatedCluster(SimulationSettings settings, Journal journal, PodLogs logs) {
        this.journal = journal;
        this.store = new ObjectStore(settings.limits().changes(), journal);
        this.requests = new RequestLog(settings.limits().requests());
        var fit = new NodeFit(settings.node());
        var deletion = new ObjectDeletion(store);
        var creation = new ObjectCreation(store, new Quotas(store));
        furnish(creation, fit);
        startNode(settings, logs, fit, deletion);
        this.server =
                new ApiServer(
                        settings.port(),
                        new ApiCalls(
                                store,
                                creation,
                                deletion,
                                new LogCalls(store, logs, streams),
                                new WatchCalls(store, settings.pace(), streams)),
                        faults,
                        requests);
    }

    public static SimulatedCluster start(SimulationSettings settings) {
        Optional<DataDirectory> data = settings.data().map(DataDirectory::open);
        LogKeeper keeper = data.map(DataDirectory::logs).orElseGet(LogKeeper::none);
        var logs = new PodLogs(settings.limits().logBytes(), keeper);
        data.ifPresent(directory -> directory.restoreLogs(logs, settings.limits().logBytes()));
        return new SimulatedCluster(
                settings, data.map(DataDirectory::journal).orElseGet(Journal::none), logs);
    }

    private void furnish(ObjectCreation creation, NodeFit fit) {
        for (String namespace : List.of("default", "kube-system")) {
            if (store.find(new ObjectKey(Kind.NAMESPACE, "", namespace)).isEmpty()) {
                ObjectNode object = Json.object();
                object.putObject("metadata").put("name", namespace);
                creation.create(new ResourcePath(Kind.NAMESPACE, "", "", ""), object);
            }
        }
        var key = new ObjectKey(Kind.NODE, "", NodeFit.NODE);
        store.find(key).ifPresent(node -> store.remove(key, Pods.uid(node)));
        creation.create(new ResourcePath(Kind.NODE, "", "", ""), fit.node(Instant.now()));
    }

    private void startNode(
            SimulationSettings settings, PodLogs logs, NodeFit fit, ObjectDeletion deletion) {
        var node =
                new Node(
                        store,
                        logs,
                        new GpuDevices(settings.node().gpus()),
                        settings.pace(),
                        new AtomicInteger());
        var kubelet = new Kubelet(node, deletion);
        var scheduler = new Scheduler(store, fit, settings.pace().schedule());
        store.atomically(
                () -> {
                    for (ObjectNode pod : store.list(Kind.POD, "").objects()) {
                        kubelet.changed(restored(pod));
                    }
                    store.subscribe(store.revision(), kubelet::changed);
                    return store.subscribe(store.revision(), scheduler::changed);
                });
        var _ = threads.submit(kubelet);
        var _ = threads.submit(scheduler);
    }

    private static Change restored(ObjectNode pod) {
        return new Change(Change.Type.ADDED, ObjectKey.pod(pod), pod, Optional.empty(), 0);
    }

    /// The address of the API server.
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /// A kubeconfig, as YAML: context `podwire-sim`, namespace `default`.
    public String kubeconfig() {
        return """
        apiVersion: v1
        kind: Config
        current-context: %1$s
        clusters:
        - name: %1$s
          cluster:
            server: %2$s
        users:
        - name: %1$s
          user:
            token: %1$s
        contexts:
        - name: %1$s
          context:
            cluster: %1$s
            user: %1$s
            namespace: default
        """
                .formatted(CONTEXT, url());
    }

    public Faults faults() {
        return faults;
    }

    /// The newest calls, oldest first, in the order they were answered.
    public List<ApiRequest> requests() {
        return requests.all();
    }

    public void forgetRequests() {
        requests.clear();
    }

    /// Watches that start at a revision of before are answered 410.
    public void compact() {
        store.compact();
    }

    /// Imitates an outage of the whole API server until [#resume()]; pods go on running.
    public void pause(Outage outage) {
        switch (outage) {
            case REFUSE -> server.refuse();
            case HANG -> {
                server.hang();
                streams.freezeWatches();
                streams.freezeLogs();
            }
        }
    }

    public void resume() {
        server.resume();
    }

    /// What clients see of an outage.
    public enum Outage {
        /// Open connections are dropped and new ones refused.
        REFUSE,
        /// Calls are taken and never answered; open watches and logs say nothing any more.
        HANG
    }

    @Override
    public void close() {
        server.close();
        threads.shutdownNow();
        threads.close();
        journal.close();
    }
}
