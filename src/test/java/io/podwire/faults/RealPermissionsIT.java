package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.codec.ReadEvent;
import io.podwire.testkit.OnRealCluster;
import io.podwire.testkit.RealCluster;
import io.podwire.testkit.RestrictedUser;
import io.podwire.testkit.SharedKafka;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// A worker that may not do what it needs says which right is missing.
@OnRealCluster
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RealPermissionsIT {
    @TempDir private Path dir;
    private final KubernetesClient admin = RealCluster.client();
    private final String namespace = RealCluster.newNamespace(admin);

    @AfterEach
    void stop() {
        admin.namespaces().withName(namespace).delete();
        admin.close();
    }

    @Test
    void missingPermissionSaysVerbAndResource()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        try (var bench = startWith("get", "list", "watch")) {

            // When
            ReadEvent created = bench.events().answer(bench.create("pod", ""));
            String get = bench.send("get", "pod.get", "pod", "{\"name\":\"pod\"}");

            // Then
            assertThat(created.body())
                    .isInstanceOfSatisfying(
                            ReadEvent.Failed.class,
                            failed -> {
                                assertThat(failed.error().code()).isEqualTo("POD_CREATION_FAILED");
                                assertThat(failed.error().reason()).isEqualTo("FORBIDDEN");
                                assertThat(failed.error().message())
                                        .contains("cannot create resource \"pods\"");
                            });
            assertThat(bench.events().answer(get).json()).contains("NO_SUCH_POD");
        }
    }

    @Test
    void withoutTheRightToListNothingIsAnsweredUntilItIsGiven()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        try (var bench = startWith("get", "create")) {
            String create = bench.create("pod", "");
            bench.worker()
                    .awaitLog(
                            1,
                            Duration.ofMinutes(1),
                            line -> line.contains("cannot list resource \"pods\""));
            assertThat(bench.events().all()).isEmpty();

            // When
            RestrictedUser.allow(admin, namespace, List.of("list", "watch"));
            ReadEvent created = bench.events().answer(create);

            // Then
            assertThat(created.body()).isInstanceOf(ReadEvent.Succeeded.class);
            assertThat(bench.worker().log(line -> line.contains("cannot list"))).hasSize(1);
            assertThat(bench.worker().log(line -> line.startsWith("\tat "))).isEmpty();
        }
    }

    private WorkerBench startWith(String... verbs)
            throws IOException, ExecutionException, InterruptedException {
        Path kubeconfig = RestrictedUser.kubeconfig(admin, namespace, dir, List.of(verbs));
        WorkerBench bench = new WorkerBench(SharedKafka.bootstrapServers(), kubeconfig, namespace);
        bench.start(dir);
        return bench;
    }
}
