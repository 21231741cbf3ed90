package io.podwire.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The life of one pod on the node, from its binding to its end.
///
/// [#run()] has a thread of its own; the other methods may be called from anywhere.
final class PodLife implements Runnable {
    private final Node node;
    private final PodUnit unit;
    private final ObjectNode pod;
    private final List<ContainerRunner> mains = new CopyOnWriteArrayList<>();
    private final List<ContainerRunner> sidecars = new CopyOnWriteArrayList<>();
    private final List<Thread> sidecarThreads = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);

    /// Guarded by `this`.
    private PodStatusWriter.Ending ending = PodStatusWriter.Ending.ENDED;

    /// Whether the object is to be removed at the end. Guarded by `this`.
    private boolean deleting;

    PodLife(Node node, ObjectNode pod) {
        this.node = node;
        this.pod = pod;
        String address = node.nextAddress();
        this.unit =
                new PodUnit(
                        pod,
                        new PodBoard(node.store(), pod, address),
                        new PodVolumes(node.store(), pod),
                        address,
                        new CountDownLatch(1));
    }

    @Override
    public void run() {
        try {
            unit.board().publish();
            while (!unit.volumes().ready() && !unit.halted()) {
                unit.pause(node.pace().retry());
            }
            watchDeadline();
            if (runInits()) {
                runMains();
            }
            stopSidecars();
        } catch (InterruptedException e) {
            // The whole cluster is closing; the pod stays as it is.
            Thread.currentThread().interrupt();
            return;
        }
        end();
    }

    /// False if the pod ends with its init containers.
    private boolean runInits() throws InterruptedException {
        for (ObjectNode spec : specs("initContainers")) {
            if (Pods.sidecar(spec)) {
                startSidecar(spec);
                continue;
            }
            boolean never = Json.text(pod, "spec", "restartPolicy").equals("Never");
            ContainerRunner runner = runner(spec, never ? "Never" : "OnFailure");
            mains.add(runner);
            int exit = runner.run();
            mains.remove(runner);
            node.gpus().release(Pods.uid(pod), Json.text(spec, "name"));
            if (exit != 0 || unit.halted()) {
                return false;
            }
        }
        return true;
    }

    private List<ObjectNode> specs(String list) {
        return Json.each(Json.at(pod, "spec", list))
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .toList();
    }

    private ContainerRunner runner(ObjectNode spec, String restartPolicy) {
        JsonNode wanted = Json.at(spec, "resources", "limits", GpuDevices.RESOURCE);
        List<String> gpus =
                wanted.isMissingNode()
                        ? List.of()
                        : node.gpus()
                                .assign(Pods.uid(pod), Json.text(spec, "name"), wanted.asInt());
        return new ContainerRunner(node, unit, spec, restartPolicy, gpus);
    }

    private void startSidecar(ObjectNode spec) throws InterruptedException {
        ContainerRunner runner = runner(spec, "Always");
        sidecars.add(runner);
        sidecarThreads.add(start(runner));
        while (!unit.board().started(Json.text(spec, "name")) && !unit.halted()) {
            unit.pause(Duration.ofMillis(5));
        }
    }

    private static Thread start(ContainerRunner runner) {
        return Thread.startVirtualThread(
                () -> {
                    try {
                        var _ = runner.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    private void runMains() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (ObjectNode spec : specs("containers")) {
            ContainerRunner runner = runner(spec, Json.text(pod, "spec", "restartPolicy"));
            mains.add(runner);
            threads.add(start(runner));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void stopSidecars() throws InterruptedException {
        unit.halt().countDown();
        killAfter(Duration.ofSeconds(graceSeconds()));
        // The last that was started first, and each when it has ended.
        for (int i = sidecars.size() - 1; i >= 0; i--) {
            sidecars.get(i).term();
            sidecarThreads.get(i).join();
        }
    }

    private long graceSeconds() {
        return Json.at(pod, "spec", "terminationGracePeriodSeconds").asLong(30);
    }

    private void end() {
        node.gpus().release(Pods.uid(pod));
        unit.board().end(ending());
        over.countDown();
        if (isDeleting()) {
            cleanUp();
        }
        removeIfDeleting();
    }

    private synchronized boolean isDeleting() {
        return deleting;
    }

    /// A kubelet puts volumes and cgroups away first; until then the log can be read.
    private void cleanUp() {
        try {
            Thread.sleep(node.pace().cleanUp());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized PodStatusWriter.Ending ending() {
        return ending;
    }

    /// The object is marked for deletion: ends the containers, then the object.
    void delete(Duration grace) {
        synchronized (this) {
            deleting = true;
        }
        terminate(grace);
        if (over.getCount() == 0) {
            removeIfDeleting();
        }
    }

    private synchronized void removeIfDeleting() {
        if (deleting) {
            node.store().remove(ObjectKey.pod(pod), Pods.uid(pod));
        }
    }

    private void terminate(Duration grace) {
        unit.halt().countDown();
        mains.forEach(ContainerRunner::term);
        killAfter(grace);
    }

    private void killAfter(Duration grace) {
        var _ =
                Thread.startVirtualThread(
                        () -> {
                            try {
                                if (!over.await(grace.toNanos(), TimeUnit.NANOSECONDS)) {
                                    kill();
                                }
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    private void watchDeadline() {
        JsonNode seconds = Json.at(pod, "spec", "activeDeadlineSeconds");
        if (seconds.isMissingNode()) {
            return;
        }
        var _ =
                Thread.startVirtualThread(
                        () -> {
                            try {
                                if (!over.await(seconds.asLong(), TimeUnit.SECONDS)) {
                                    exceedDeadline();
                                }
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    private void exceedDeadline() {
        synchronized (this) {
            ending = PodStatusWriter.Ending.DEADLINE;
        }
        terminate(Duration.ofSeconds(graceSeconds()));
    }

    /// Ends everything at once.
    void kill() {
        unit.halt().countDown();
        mains.forEach(ContainerRunner::kill);
        sidecars.forEach(ContainerRunner::kill);
    }
}
