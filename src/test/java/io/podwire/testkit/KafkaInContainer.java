package io.podwire.testkit;

import com.github.dockerjava.api.DockerClient;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

import java.util.List;

/// A broker in a container, one for all tests of this JVM; started by the first that asks and removed with the JVM.
///
/// Tests keep apart by topic, group and transactional ids of their own. Confined to the test's thread.
public final class KafkaInContainer {
    /// Other images are taken for the official one.
    private static final DockerImageName IMAGE =
            DockerImageName.parse(System.getProperty("podwire.kafka.image", "apache/kafka"))
                    .asCompatibleSubstituteFor("apache/kafka");

    private final KafkaContainer container = new KafkaContainer(IMAGE);

    private KafkaInContainer() {
        // An engine gives a container that starts again another port, unless it was told which.
        container.setPortBindings(List.of(KafkaProcessSettings.freePort() + ":9092"));
        // One that was killed may join again when its session is over, and reads every log again.
        container.withEnv("KAFKA_BROKER_SESSION_TIMEOUT_MS", "3000");
        container.withEnv("KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS", "1");
        container.start();
        Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
    }

    /// The one of this JVM; waits until it answers.
    public static KafkaInContainer shared() {
        return Holder.BROKER;
    }

    static DockerImageName image() {
        return IMAGE;
    }

    public String bootstrapServers() {
        return container.getBootstrapServers();
    }

    /// Ends it as a power cut would.
    public void kill() {
        engine().killContainerCmd(container.getContainerId()).exec();
    }

    /// Starts it again on the same port and data; returns at once.
    public void restart() {
        engine().startContainerCmd(container.getContainerId()).exec();
    }

    private static DockerClient engine() {
        return DockerClientFactory.instance().client();
    }

    private static final class Holder {
        static final KafkaInContainer BROKER = new KafkaInContainer();
    }
}
