package io.podwire.cli;

import io.podwire.app.Assembly;
import io.podwire.app.OutOfMemory;
import io.podwire.app.Worker;
import io.podwire.config.WorkerSettings;
import io.podwire.http.HttpEndpoint;
import io.podwire.kafka.TopicSetup;
import io.podwire.kubernetes.KubernetesClients;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

@Command(
        name = "dev",
        description =
                "Runs everything in this process: an embedded Kafka, a simulated cluster, the"
                        + " worker. Each part can be swapped for a real one.",
        mixinStandardHelpOptions = true)
final class DevCommand implements Callable<Integer> {
    private static final int DEV_PORT = 19_092;

    @Mixin private SettingsOptions settings = new SettingsOptions();
    @Spec private CommandSpec spec;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "This broker instead of the embedded one; missing topics are made on it.")
    private Optional<String> kafka = Optional.empty();

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "19092",
            description = "Where the embedded broker listens (default: ${DEFAULT-VALUE}).")
    private int kafkaPort = DEV_PORT;

    @Option(
            names = "--kube",
            paramLabel = "KUBECONFIG",
            description = "This cluster instead of the simulated one.")
    private Optional<Path> kube = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Keep topics and pods here for the next start; without it nothing is kept.")
    private Optional<Path> data = Optional.empty();

    @Option(names = "--fresh", description = "Forget what is in --data.")
    private boolean fresh;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (fresh && data.isEmpty()) {
            throw new Stopped(ExitCode.USAGE, "--fresh forgets what is in --data: give that too");
        }
        if (!hasSandbox()) {
            throw new Stopped(
                    ExitCode.USAGE,
                    "dev mode is not part of an image: run ./podwire dev in a source tree");
        }
        DevScreen screen = new DevScreen(spec.commandLine().getOut());
        screen.title(Podwire.Version.number());
        try (Ending ending = new Ending();
                Sandbox around = new Sandbox(data, fresh)) {
            String broker = kafka.orElseGet(() -> around.startBroker(kafkaPort));
            screen.part("kafka", broker, kafka.isPresent() ? "given" : kept("embedded"));
            Path kubeconfig = kube.orElseGet(around::startCluster);
            WorkerSettings loaded = settings.with(more(broker, kubeconfig));
            work(loaded, screen, ending);
        }
        return ExitCode.DONE;
    }

    /// Whether what it starts is in this build; none of its classes is named here, because a class that
    /// names one that is not there cannot be read for its options.
    private static boolean hasSandbox() {
        return DevCommand.class.getResource("/io/podwire/sandbox/EmbeddedKafka.class") != null;
    }

    private static List<String> more(String broker, Path kubeconfig) {
        List<String> more = new ArrayList<>();
        more.add("kafka.bootstrap.servers=" + broker);
        more.add("kubernetes.kubeconfig=" + kubeconfig);
        return more;
    }

    private void work(WorkerSettings loaded, DevScreen screen, Ending ending)
            throws InterruptedException {
        TopicSetup.apply(
                Assembly.clients(loaded), loaded.kafka().topics(), TopicsCommand.PARTITIONS);
        OutOfMemory.endProcess();
        try (KubernetesClients kubernetes = WorkerProcess.connect(loaded)) {
            screen.part(
                    "kubernetes",
                    "namespace " + kubernetes.namespace(),
                    kube.isPresent() ? "given" : kept("simulated"));
            Worker worker = WorkerProcess.worker(loaded, kubernetes);
            try (HttpEndpoint http = WorkerProcess.serve(loaded, worker)) {
                screen.part("worker", "group " + loaded.kafka().groupId(), "starting");
                screen.part(
                        "http",
                        "http://localhost:" + http.port() + "/",
                        (loaded.http().console() ? "the console, " : "") + "/readyz, /metrics");
                screen.whatToTry(settingOf(loaded));
                ending.run(worker);
            }
        }
    }

    /// What commands beside this need to find the broker, where that is not the usual one.
    private static String settingOf(WorkerSettings loaded) {
        return loaded.kafka()
                .bootstrapServers()
                .filter(servers -> !servers.equals(SettingsOptions.DEV_BROKER))
                .map(servers -> " --set kafka.bootstrap.servers=" + servers)
                .orElse("");
    }

    private String kept(String what) {
        return what + data.map(dir -> ", kept in " + dir).orElse(", nothing is kept");
    }

    /// The first screen.
    private record DevScreen(PrintWriter out) {
        void title(String version) {
            out.printf("podwire %s: everything in one process; Ctrl-C ends it%n%n", version);
            out.flush();
        }

        void part(String name, String where, String how) {
            out.printf("  %-11s %-24s %s%n", name, where, how);
            out.flush();
        }

        /// @param setting added to each command
        void whatToTry(String setting) {
            out.printf(
                    """

                    try, in a second terminal:
                      ./podwire submit create hello --image busybox:1.36 --wait%1$s -- sh -c 'echo hi; sleep 2'
                      ./podwire submit logs hello --wait%1$s
                      ./podwire events --follow%1$s

                    """,
                    setting);
            out.flush();
        }
    }
}
