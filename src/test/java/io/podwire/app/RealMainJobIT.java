package io.podwire.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.codec.ReadEvent;
import io.podwire.testkit.OnRealCluster;
import io.podwire.testkit.RealCluster;
import io.podwire.testkit.SharedKafka;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.concurrent.ExecutionException;

@OnRealCluster
class RealMainJobIT implements MainJob {
    private WorkerOnCluster started;

    @BeforeEach
    void start() throws ExecutionException, InterruptedException {
        started =
                WorkerOnCluster.start(
                        SharedKafka.bootstrapServers(), RealCluster.kubeconfig().orElseThrow());
    }

    /// The simulated cluster has no memory to run out of.
    @Test
    void podThatNeedsMoreMemoryThanItMayHaveIsKilled() throws InterruptedException {
        // When
        String create =
                worker().send(
                                "pod.create",
                                "greedy",
                                """
                        {"pod":{"name":"greedy","image":"busybox:1.36","command":["tail","/dev/zero"],\
                        "resources":{"cpu":1,"memory":"24Mi"}},\
                        "await":{"state":"Succeeded","timeout":"5m"}}\
                        """);
        ReadEvent answer = worker().events().answer(create);

        // Then
        assertThat(answer.body())
                .isInstanceOfSatisfying(
                        ReadEvent.Failed.class,
                        failed -> {
                            assertThat(failed.error().reason()).isEqualTo("POD_FAILED");
                            assertThat(failed.status().orElseThrow().reason())
                                    .contains("OOMKilled");
                        });
    }

    @Override
    public WorkerOnCluster started() {
        return started;
    }
}
