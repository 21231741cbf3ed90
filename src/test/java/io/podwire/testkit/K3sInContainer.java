package io.podwire.testkit;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

import java.util.Optional;

/// A K3s in a container, where the engine lets it run.
public final class K3sInContainer implements ExecutionCondition {
    private static final DockerImageName IMAGE =
            DockerImageName.parse(System.getProperty("podwire.k3s.image", "rancher/k3s"))
                    .asCompatibleSubstituteFor("rancher/k3s");

    /// Waits until it is up; the caller stops it.
    public static K3sContainer start() {
        K3sContainer container = new K3sContainer(IMAGE);
        container.start();
        return container;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return refusalOfPrivileges()
                .or(K3sInContainer::absenceOfImage)
                .map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("the engine can run K3s"));
    }

    /// Asked with the image of Kafka, which is there for the other tests anyway.
    private static Optional<String> refusalOfPrivileges() {
        try (GenericContainer<?> privileged = new GenericContainer<>(KafkaInContainer.image())) {
            privileged
                    .withPrivilegedMode(true)
                    .withCommand("sh", "-c", ":")
                    .withStartupCheckStrategy(new OneShotStartupCheckStrategy())
                    .start();
            return Optional.empty();
        } catch (ContainerLaunchException e) {
            return Optional.of(
                    "K3s needs an engine that runs privileged containers, and this one does not: "
                            + answerOfEngine(e));
        }
    }

    private static String answerOfEngine(ContainerLaunchException failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof DockerException answer) {
                return String.valueOf(answer.getMessage()).strip();
            }
        }
        throw failure;
    }

    private static Optional<String> absenceOfImage() {
        DockerClient engine = DockerClientFactory.instance().client();
        try {
            var _ = engine.inspectImageCmd(IMAGE.asCanonicalNameString()).exec();
            return Optional.empty();
        } catch (NotFoundException e) {
            return failureToPull(engine);
        }
    }

    /// Once: the container itself would try for two minutes.
    private static Optional<String> failureToPull(DockerClient engine) {
        try {
            var _ =
                    engine.pullImageCmd(IMAGE.getUnversionedPart())
                            .withTag(IMAGE.getVersionPart())
                            .exec(new PullImageResultCallback())
                            .awaitCompletion();
            return Optional.empty();
        } catch (DockerException | DockerClientException e) {
            return Optional.of(
                    "K3s needs the image %s, which this engine neither has nor can pull: %s"
                            .formatted(IMAGE, String.valueOf(e.getMessage()).strip()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while pulling " + IMAGE, e);
        }
    }
}
