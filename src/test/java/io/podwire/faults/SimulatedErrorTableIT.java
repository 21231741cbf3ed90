package io.podwire.faults;

import static io.podwire.faults.Conversation.envelope;
import static io.podwire.faults.Conversation.name;
import static io.podwire.faults.Conversation.target;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.codec.ReadEvent;
import io.podwire.protocol.ErrorReason;
import io.podwire.sandbox.Fault;
import io.podwire.sandbox.Faults;
import io.podwire.sandbox.SimulatedCluster;
import io.podwire.sandbox.SimulatedCluster.Outage;
import io.podwire.sandbox.SimulationSettings;
import io.podwire.testkit.RealCluster;
import io.podwire.testkit.SharedKafka;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulatedErrorTableIT implements ErrorTable {
    private static final String NAMESPACE = "default";

    private final SimulatedCluster cluster = SimulatedCluster.start(SimulationSettings.defaults());
    private KubernetesClient admin;
    private WorkerBench usual;
    private WorkerBench strict;
    private Conversation conversation;
    private ErrorScenes scenes;

    @BeforeAll
    void start(@TempDir Path dir) throws IOException, ExecutionException, InterruptedException {
        Path kubeconfig = Files.writeString(dir.resolve("kubeconfig"), cluster.kubeconfig());
        admin = RealCluster.client(kubeconfig);
        var places = new ErrorPlaces(admin, NAMESPACE);
        places.make();
        usual = new WorkerBench(SharedKafka.bootstrapServers(), kubeconfig, NAMESPACE);
        usual.start(dir, ErrorScenes.settings(NAMESPACE));
        strict = new WorkerBench(SharedKafka.bootstrapServers(), kubeconfig, NAMESPACE);
        strict.start(Files.createDirectory(dir.resolve("strict")), ErrorScenes.strictSettings());
        conversation = new Conversation(usual);
        scenes = new ErrorScenes(conversation, new Conversation(strict), places);
    }

    @AfterAll
    void stop() {
        strict.close();
        usual.close();
        admin.close();
        cluster.close();
    }

    @Override
    public Set<ErrorReason> reasons() {
        Set<ErrorReason> all = EnumSet.complementOf(EnumSet.copyOf(REAL_ONLY));
        all.removeAll(ELSEWHERE);
        return all;
    }

    @Override
    public ReadEvent provoke(ErrorReason reason) throws InterruptedException {
        if (!SIMULATED_ONLY.contains(reason)) {
            return scenes.provoke(reason);
        }
        String pod = name("faulty");
        return switch (reason) {
            case INVALID_SPEC -> creating(pod, 422);
            case TOO_LARGE -> creating(pod, 413);
            case UNREACHABLE -> during(Outage.REFUSE, pod);
            case CONNECTION_TIMEOUT -> during(Outage.HANG, pod);
            case UNAUTHORIZED -> getting(pod, 401);
            case THROTTLED -> getting(pod, 429);
            case SERVER_ERROR -> getting(pod, 500);
            case BUG -> getting(pod, 400);
            default -> throw ErrorScenes.noScene(reason);
        };
    }

    private ReadEvent creating(String pod, int status) throws InterruptedException {
        cluster.faults().inject(Faults.podCreates(), 1, Fault.answer(status));
        return conversation.create(pod, "");
    }

    private ReadEvent getting(String pod, int status) throws InterruptedException {
        cluster.faults().injectAlways(Faults.on("GET", "/pods/" + pod), Fault.answer(status));
        ReadEvent answer = conversation.ask("pod.get", pod, "");
        cluster.faults().clear();
        return answer;
    }

    /// An outage fails no command before the command's own expiry.
    private ReadEvent during(Outage outage, String pod) throws InterruptedException {
        String expiry = "\"expirytime\":\"%s\",\"data\":".formatted(Instant.now().plusSeconds(5));
        cluster.pause(outage);
        ReadEvent answer =
                conversation.raw(
                        pod,
                        envelope(pod, "pod.delete", target(pod, "")).replace("\"data\":", expiry));
        cluster.resume();
        return answer;
    }
}
