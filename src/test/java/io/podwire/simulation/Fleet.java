package io.podwire.simulation;

import io.podwire.protocol.Command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The workers of the group, and who starts another one where one has ended. Confined to the scheduler's thread.
final class Fleet implements Chaos.Subjects {
    private static final double SAME_ID = 0.3;
    private static final int MOST_WORKERS = 3;

    private final World world;
    private final List<WorkerProcess> workers = new ArrayList<>();
    private int started;

    Fleet(World world) {
        this.world = world;
    }

    void start() {
        int count = 1 + world.scheduler().below(MOST_WORKERS);
        for (int i = 0; i < count; i++) {
            later(Duration.ofSeconds(i == 0 ? 1 : 4), "id-" + i);
        }
    }

    private void later(Duration most, String workerId) {
        var _ =
                world.scheduler()
                        .after(
                                world.scheduler().between(Duration.ZERO, most),
                                () -> start(workerId));
    }

    private void start(String workerId) {
        Host host = new Host("worker-" + ++started + "(" + workerId + ")");
        workers.add(new WorkerProcess(world, host, workerId, () -> replace(host, workerId)));
        workers.getLast().start();
    }

    private void replace(Host gone, String workerId) {
        workers.removeIf(each -> each.host().equals(gone));
        boolean same = world.scheduler().chance() < SAME_ID;
        later(Duration.ofSeconds(12), same ? workerId : "id-" + (MOST_WORKERS + started));
    }

    @Override
    public List<Host> workers() {
        return workers.stream().map(WorkerProcess::host).toList();
    }

    @Override
    public void kill(Host worker) {
        find(worker)
                .ifPresent(
                        _ -> {
                            worker.kill();
                            world.scheduler().sort();
                            replace(worker, id(worker));
                        });
    }

    private static String id(Host worker) {
        String name = worker.name();
        return name.substring(name.indexOf('(') + 1, name.length() - 1);
    }

    private Optional<WorkerProcess> find(Host worker) {
        return workers.stream().filter(each -> each.host().equals(worker)).findFirst();
    }

    @Override
    public void stop(Host worker) {
        find(worker).ifPresent(WorkerProcess::stop);
    }

    @Override
    public List<SimulatedPod> pods() {
        return world.cluster().pods();
    }

    @Override
    public void deletedByOthers(SimulatedPod pod) {
        pod.touch();
        var _ =
                world.cluster()
                        .delete(
                                pod.ref(),
                                Optional.empty(),
                                Command.Deletion.GRACEFUL,
                                OptionalLong.empty());
    }

    @Override
    public void vanishes(SimulatedPod pod) {
        pod.touch();
        world.cluster().remove(pod);
    }

    @Override
    public void rebalance() {
        world.broker().group().rebalance();
    }
}
