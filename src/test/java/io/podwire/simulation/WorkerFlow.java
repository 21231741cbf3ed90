package io.podwire.simulation;

import io.opentelemetry.api.OpenTelemetry;
import io.podwire.dispatch.Lanes;
import io.podwire.execute.Executor;
import io.podwire.execute.ExecutorSettings;
import io.podwire.execute.Pacing;
import io.podwire.logs.LogSession;
import io.podwire.manifest.PodManifest;
import io.podwire.pipeline.CommandExecution;
import io.podwire.pipeline.CommandPipeline;
import io.podwire.pipeline.CommandTracing;
import io.podwire.pipeline.PodWatcher;
import io.podwire.pipeline.PodWorker;
import io.podwire.pipeline.Sessions;
import io.podwire.pipeline.Sweep;
import io.podwire.pipeline.SweepSettings;
import io.podwire.pipeline.TimeToLive;
import io.podwire.policy.CommandKind;
import io.podwire.policy.NamespacePattern;
import io.podwire.policy.PodRules;
import io.podwire.policy.PodSecurityLevel;
import io.podwire.policy.Policy;
import io.podwire.policy.PolicySettings;
import io.podwire.protocol.PodMarks;
import io.podwire.watch.Departures;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The part of a worker between the topics and the cluster, put together as the real worker does it.
final class WorkerFlow implements AutoCloseable {
    static final Duration COMMAND = Duration.ofSeconds(40);
    private static final Duration DRAIN = Duration.ofSeconds(20);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Departures departures;
    private final WorkerFeed feed;
    private final Sessions sessions;
    private final TimeToLive timeToLive;
    private final Sweep sweep;
    private final PodWorker worker;

    WorkerFlow(World world, Host host, WorkerCluster cluster) {
        Scheduler clock = world.scheduler();
        String group = PodMarks.groupLabel(Broker.GROUP);
        departures = new Departures(cluster, clock, clock::sleep);
        Lanes<CommandPipeline.LaneKey> lanes = WorkerProcess.lanes(world, threads);
        sweep =
                new Sweep(
                        lanes,
                        cluster,
                        new SweepSettings(
                                group, SweepSettings.Mode.DELETE, COMMAND.multipliedBy(2)),
                        clock,
                        clock::sleep);
        var watcher = new PodWatcher(departures, sweep, clock);
        feed = new WorkerFeed(world, host, cluster, watcher);
        var logs = new LogSession(new WorkerLogs(world, cluster), cluster, clock, clock::sleep);
        sessions = new Sessions(logs, watcher, clock, clock::sleep);
        var executor =
                new Executor(
                        cluster,
                        new ExecutorSettings(
                                group,
                                ExecutorSettings.ForeignPods.CLOSED,
                                COMMAND,
                                Pacing.DEFAULT),
                        clock,
                        clock::sleep);
        var execution =
                new CommandExecution(
                        new Policy(policy()),
                        new PodManifest(group, Optional.empty()),
                        executor,
                        clock);
        var commands =
                new CommandPipeline(
                        WorkerProcess.decoder(),
                        lanes,
                        execution,
                        new CommandTracing(OpenTelemetry.noop()),
                        clock);
        timeToLive = new TimeToLive(lanes, executor, clock, clock::sleep);
        worker =
                new PodWorker(
                        commands,
                        lanes,
                        List.of(sessions, timeToLive, sweep),
                        new PodWorker.Watching(feed, watcher),
                        DRAIN);
    }

    private static PolicySettings policy() {
        return new PolicySettings(
                List.of(new NamespacePattern(Script.NAMESPACE)),
                EnumSet.allOf(CommandKind.class),
                PodSecurityLevel.BASELINE,
                PodRules.DEFAULT);
    }

    PodWorker worker() {
        return worker;
    }

    @Override
    public void close() {
        sessions.close();
        timeToLive.close();
        sweep.close();
        feed.close();
        departures.close();
        var _ = threads.shutdownNow();
    }
}
