package io.podwire.bench;

import io.podwire.app.Assembly;
import io.podwire.app.WorkerOnPods;
import io.podwire.config.Loaded;
import io.podwire.config.Requirement;
import io.podwire.config.Settings;
import io.podwire.config.WorkerSettings;
import io.podwire.execute.Pods;
import io.podwire.kubernetes.Connection;
import io.podwire.kubernetes.KubernetesClients;
import io.podwire.kubernetes.Surroundings;
import io.podwire.watch.PodView;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The whole worker of the product with its own settings; where calls are simulated, all is real but that port.
final class WholeWorker implements Arm {
    private final KubernetesClients kubernetes;
    private final WorkerOnPods worker;

    private WholeWorker(ArmSpec spec, Function<KubernetesClients, Pods> pods) {
        WorkerSettings settings =
                switch (Settings.load(List.of(), Map.of(), assignments(spec), Requirement.RUN)) {
                    case Loaded.Good(var good) -> good;
                    case Loaded.Mistaken(var mistakes) ->
                            throw new IllegalArgumentException(String.join("; ", mistakes));
                };
        this.kubernetes =
                switch (Connection.open(settings.kubernetes(), Surroundings.ofProcess())) {
                    case Connection.Open(var clients) -> clients;
                    case Connection.Mistaken(var mistakes) ->
                            throw new IllegalArgumentException(String.join("; ", mistakes));
                };
        this.worker =
                new WorkerOnPods(
                        Assembly.parts(settings, kubernetes.namespace()),
                        kubernetes,
                        pods.apply(kubernetes));
    }

    static WholeWorker sleeping(ArmSpec spec, SleepingCalls calls) {
        return new WholeWorker(spec, _ -> new SleepingPods(calls));
    }

    /// As in production.
    static WholeWorker real(ArmSpec spec) {
        return new WholeWorker(spec, kubernetes -> kubernetes.pods(PodView::of));
    }

    private static List<String> assignments(ArmSpec spec) {
        return List.of(
                "kafka.bootstrap.servers=" + spec.bootstrapServers(),
                "group.id=" + spec.group(),
                "worker.id=" + ProcessHandle.current().pid(),
                "topics.commands=" + spec.topics().commands(),
                "topics.events=" + spec.topics().events(),
                "topics.states=" + spec.topics().states(),
                "topics.dead.letters=" + spec.topics().deadLetters(),
                "kubernetes.kubeconfig=" + spec.kubeconfig(),
                "kubernetes.namespace=" + ArmSpec.NAMESPACE,
                // The simulated pods carry no labels.
                "policy.foreign.pods=read",
                "drain.timeout=3s");
    }

    @Override
    public void run() throws InterruptedException {
        try {
            worker.run();
        } finally {
            kubernetes.close();
        }
    }

    @Override
    public void stop() throws InterruptedException {
        worker.stop();
    }
}
