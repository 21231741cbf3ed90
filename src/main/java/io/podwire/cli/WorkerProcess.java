package io.podwire.cli;

import io.podwire.app.Assembly;
import io.podwire.app.OutOfMemory;
import io.podwire.app.Worker;
import io.podwire.config.WorkerSettings;
import io.podwire.http.HttpEndpoint;
import io.podwire.kubernetes.Connection;
import io.podwire.kubernetes.KubernetesClients;
import io.podwire.kubernetes.Surroundings;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.Optional;

/// A worker as the whole business of this process.
final class WorkerProcess {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);

    private WorkerProcess() {}

    /// Works until the process is told to end.
    static void run(WorkerSettings settings) throws InterruptedException {
        OutOfMemory.endProcess();
        try (Ending ending = new Ending();
                KubernetesClients kubernetes = connect(settings)) {
            Worker worker = worker(settings, kubernetes);
            try (HttpEndpoint http = serve(settings, worker)) {
                LOG.atInfo().addKeyValue("port", http.port()).log("serves health and metrics");
                ending.run(worker);
            }
        }
    }

    static HttpEndpoint serve(WorkerSettings settings, Worker worker) {
        WorkerSettings.Http http = settings.http();
        return HttpEndpoint.open(
                http.host(),
                http.port(),
                worker.probes(),
                worker::metrics,
                http.console() ? Optional.of(worker.console()) : Optional.empty());
    }

    static KubernetesClients connect(WorkerSettings settings) {
        return switch (Connection.open(settings.kubernetes(), Surroundings.ofProcess())) {
            case Connection.Open(var clients) -> clients;
            case Connection.Mistaken(var mistakes) ->
                    throw new Stopped(ExitCode.CONFIGURATION, mistakes);
        };
    }

    static Worker worker(WorkerSettings settings, KubernetesClients kubernetes) {
        return new Worker(
                Assembly.parts(settings, kubernetes.namespace()),
                kubernetes,
                InstantSource.system());
    }
}
