package io.podwire.app;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.podwire.codec.CodecLimits;
import io.podwire.codec.CommandDecoder;
import io.podwire.dispatch.Lanes;
import io.podwire.execute.Executor;
import io.podwire.execute.ExecutorCounts;
import io.podwire.execute.Pods;
import io.podwire.kubernetes.KubernetesClients;
import io.podwire.kubernetes.LogStream;
import io.podwire.kubernetes.PodReading;
import io.podwire.kubernetes.PodWatch;
import io.podwire.kubernetes.WatchScope;
import io.podwire.logs.LogSession;
import io.podwire.manifest.PodManifest;
import io.podwire.pipeline.CommandExecution;
import io.podwire.pipeline.CommandPipeline;
import io.podwire.pipeline.CommandTracing;
import io.podwire.pipeline.Expiry;
import io.podwire.pipeline.PodWatcher;
import io.podwire.pipeline.PodWorker;
import io.podwire.pipeline.Sessions;
import io.podwire.pipeline.Sweep;
import io.podwire.pipeline.TimeToLive;
import io.podwire.policy.NamespacePattern;
import io.podwire.policy.Policy;
import io.podwire.watch.Departures;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// The part of a worker between the topics and the cluster: lanes, execution, watch, and what follows from states.
final class Flow implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Flow.class);

    /// How often it is looked whether a watch has fallen silent.
    private static final Duration LISTENING = Duration.ofSeconds(5);

    private final ExecutorService lanesThreads = Executors.newVirtualThreadPerTaskExecutor();
    private final Departures departures;
    private final PodWatch watch;
    private final Sessions sessions;
    private final TimeToLive timeToLive;
    private final Sweep sweep;
    private final Expiry expiry;
    private final PodWorker worker;
    private final Executor executor;
    private final Thread listening;

    Flow(WorkerParts parts, KubernetesClients kubernetes, Pods pods, InstantSource clock) {
        var reading = new PodReading(kubernetes.watches(), kubernetes.requestTimeout());
        departures = new Departures(reading, clock, Thread::sleep);
        Lanes<CommandPipeline.LaneKey> lanes = new Lanes<>(lanesThreads, Flow::report);
        sweep = new Sweep(lanes, pods, parts.sweep(), clock, Thread::sleep);
        var watcher = new PodWatcher(departures, sweep, clock);
        watch = new PodWatch(kubernetes.watches(), scope(parts), watcher, clock);
        var source = new LogStream(kubernetes.logs(), kubernetes.requestTimeout());
        var logs = new LogSession(source, reading, clock, Thread::sleep);
        sessions = new Sessions(logs, watcher, clock, Thread::sleep);
        executor = new Executor(pods, parts.executor(), clock, Thread::sleep);
        var execution =
                new CommandExecution(
                        new Policy(parts.policy()),
                        new PodManifest(parts.executor().group(), parts.ttlAfterFinished()),
                        executor,
                        clock);
        var decoder = new CommandDecoder(kubernetes.namespace(), CodecLimits.standard());
        var tracing = new CommandTracing(GlobalOpenTelemetry.get());
        var commands = new CommandPipeline(decoder, lanes, execution, tracing, clock);
        timeToLive = new TimeToLive(lanes, executor, clock, Thread::sleep);
        expiry = new Expiry(lanes, parts.ledger().idsWindow(), clock, Thread::sleep);
        expiry.start();
        listening = Thread.ofVirtual().name("silences").start(this::listen);
        worker =
                new PodWorker(
                        commands,
                        lanes,
                        List.of(sessions, timeToLive, sweep, expiry),
                        new PodWorker.Watching(watch, watcher),
                        parts.drain());
    }

    /// A watch that is silent for good is so for a minute more or less.
    private void listen() {
        try {
            while (true) {
                Thread.sleep(LISTENING);
                endSilences();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the worker ends
        }
    }

    private void endSilences() {
        try {
            watch.endSilences();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("could not look for silent watches; will look again");
        }
    }

    /// One watch a namespace where they are known by name, else one over all.
    private static WatchScope scope(WorkerParts parts) {
        List<NamespacePattern> namespaces = parts.policy().namespaces();
        Set<String> names =
                namespaces.stream().anyMatch(NamespacePattern::open)
                        ? Set.of()
                        : namespaces.stream()
                                .map(NamespacePattern::glob)
                                .collect(Collectors.toSet());
        return new WatchScope(parts.publisher().groupId(), names);
    }

    private static void report(CommandPipeline.LaneKey lane, Throwable failure) {
        OutOfMemory.endProcess(failure);
        LOG.atError()
                .addKeyValue("lane", lane.key())
                .setCause(failure)
                .log("a lane met a defect of Podwire; what it had to do is not done");
    }

    PodWorker worker() {
        return worker;
    }

    PodWatch watch() {
        return watch;
    }

    Sweep sweep() {
        return sweep;
    }

    Sessions sessions() {
        return sessions;
    }

    ExecutorCounts counts() {
        return executor.counts();
    }

    @Override
    public void close() {
        sessions.close();
        timeToLive.close();
        sweep.close();
        expiry.close();
        listening.interrupt();
        watch.close();
        departures.close();
        lanesThreads.shutdownNow(); // what is left did not end within the drain time
    }
}
