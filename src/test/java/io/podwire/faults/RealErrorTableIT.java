package io.podwire.faults;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.codec.ReadEvent;
import io.podwire.protocol.ErrorReason;
import io.podwire.testkit.OnRealCluster;
import io.podwire.testkit.RealCluster;
import io.podwire.testkit.SharedKafka;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;

@OnRealCluster
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealErrorTableIT implements ErrorTable {
    private final KubernetesClient admin = RealCluster.client();
    private final String namespace = RealCluster.newNamespace(admin);
    private final ErrorPlaces places = new ErrorPlaces(admin, namespace);
    private WorkerBench usual;
    private WorkerBench strict;
    private ErrorScenes scenes;
    private RightsScenes rights;

    @BeforeAll
    void start(@TempDir Path dir) throws IOException, ExecutionException, InterruptedException {
        Path kubeconfig = RealCluster.kubeconfig().orElseThrow();
        places.make();
        usual = new WorkerBench(SharedKafka.bootstrapServers(), kubeconfig, namespace);
        usual.start(dir, ErrorScenes.settings(namespace));
        strict = new WorkerBench(SharedKafka.bootstrapServers(), kubeconfig, namespace);
        strict.start(Files.createDirectory(dir.resolve("strict")), ErrorScenes.strictSettings());
        var conversation = new Conversation(usual);
        scenes = new ErrorScenes(conversation, new Conversation(strict), places);
        rights =
                new RightsScenes(conversation, admin, Files.createDirectory(dir.resolve("rights")));
    }

    @AfterAll
    void stop() {
        rights.close();
        strict.close();
        usual.close();
        places.remove();
        admin.namespaces().withName(namespace).delete();
        admin.close();
    }

    @Override
    public Set<ErrorReason> reasons() {
        Set<ErrorReason> all = EnumSet.complementOf(EnumSet.copyOf(SIMULATED_ONLY));
        all.removeAll(ELSEWHERE);
        return all;
    }

    @Override
    public ReadEvent provoke(ErrorReason reason) throws InterruptedException {
        return RightsScenes.HAS.contains(reason) ? rights.provoke(reason) : scenes.provoke(reason);
    }
}
