package io.podwire.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.testkit.OnRealCluster;
import io.podwire.testkit.PathTool;
import io.podwire.testkit.RealCluster;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The word that we tell of a pod is the one that kubectl prints, for every shape that we know.
@OnRealCluster
class RealKubectlWordsIT {
    private static final String KEPT = "podwire.io/it-kept";
    private static final String NOWHERE = "nowhere";
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private final KubernetesClient client = RealCluster.client();
    private String namespace;

    @BeforeEach
    void makeNamespace() {
        namespace = RealCluster.newNamespace(client);
    }

    @AfterEach
    void removeNamespace() {
        pods().forEach(this::release);
        client.namespaces().withName(namespace).withGracePeriod(0).delete();
        client.close();
    }

    @Test
    void wordOfEveryShapeIsTheOneThatKubectlPrints() throws IOException, InterruptedException {
        Optional<PathTool> kubectl = PathTool.find("kubectl");
        assumeThat(kubectl)
                .as("kubectl is on the path (apt-get install kubernetes-client)")
                .isPresent();
        // Given
        List<Pod> shapes = PodShapes.pods();
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> titles = new TreeMap<>();
        for (int number = 0; number < shapes.size(); number++) {
            String name = "shape-%02d".formatted(number);
            put(name, shapes.get(number));
            expected.put(name, PodShapes.word(shapes.get(number)));
            titles.put(name, PodShapes.title(shapes.get(number)));
        }

        // When
        Map<String, String> printed = printed(kubectl.get());

        // Then
        Map<String, String> told =
                pods().stream()
                        .collect(
                                Collectors.toMap(
                                        pod -> pod.getMetadata().getName(),
                                        pod -> PodView.of(pod).word()));
        assertThat(printed).hasSizeGreaterThanOrEqualTo(60).hasSameSizeAs(shapes);
        assertThat(told).as("our words of %s", titles).containsExactlyInAnyOrderEntriesOf(printed);
        assertThat(printed).as("kubectl's words of %s", titles).isEqualTo(expected);
    }

    /// Makes a pod that nobody schedules, runs or changes, and shows it as the shape has it.
    private void put(String name, Pod shape) {
        boolean deleting = shape.getMetadata().getDeletionTimestamp() != null;
        Pod created =
                client.pods().inNamespace(namespace).resource(creatable(name, shape)).create();
        if (shape.getStatus() != null) {
            Pod shown = new PodBuilder(created).withStatus(shape.getStatus()).build();
            shown.getStatus().setQosClass(created.getStatus().getQosClass());
            client.pods().inNamespace(namespace).resource(shown).updateStatus();
        }
        if (deleting) {
            client.pods().inNamespace(namespace).withName(name).delete();
        }
    }

    private static Pod creatable(String name, Pod shape) {
        Pod pod =
                new PodBuilder(shape)
                        .withNewMetadata()
                        .withName(name)
                        .withFinalizers(KEPT)
                        .endMetadata()
                        .editSpec()
                        .withSchedulerName("nobody")
                        .withNodeName(node(shape))
                        .withRestartPolicy("Always")
                        .endSpec()
                        .withStatus(null)
                        .build();
        Stream.concat(
                        pod.getSpec().getInitContainers().stream(),
                        pod.getSpec().getContainers().stream())
                .forEach(container -> container.setImage("busybox:1.36"));
        return pod;
    }

    /// A pod that is being deleted and has none is called Failed by the garbage collector, which looks every 20 s (KEP-3329).
    private static @Nullable String node(Pod shape) {
        String node = shape.getSpec().getNodeName();
        boolean deleting = shape.getMetadata().getDeletionTimestamp() != null;
        return node == null && deleting ? NOWHERE : node;
    }

    private Map<String, String> printed(PathTool kubectl) throws IOException, InterruptedException {
        // NAME READY STATUS RESTARTS AGE
        return kubectl.output(
                        List.of(
                                "--kubeconfig=" + RealCluster.kubeconfig().orElseThrow(),
                                "--namespace=" + namespace,
                                "get",
                                "pods",
                                "--no-headers"))
                .lines()
                .map(line -> BLANKS.split(line, 4))
                .collect(Collectors.toMap(columns -> columns[0], columns -> columns[2]));
    }

    private List<Pod> pods() {
        return client.pods().inNamespace(namespace).list().getItems();
    }

    private void release(Pod pod) {
        client.pods()
                .inNamespace(namespace)
                .withName(pod.getMetadata().getName())
                .edit(
                        kept ->
                                new PodBuilder(kept)
                                        .editMetadata()
                                        .withFinalizers(List.of())
                                        .endMetadata()
                                        .build());
    }
}
