package io.podwire.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.testkit.OnRealCluster;
import io.podwire.testkit.PathTool;
import io.podwire.testkit.RealCluster;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A cluster takes what the chart gives, field by field.
@OnRealCluster
@ExtendWith(Renderers.class)
class RealRenderedIT {
    /// Every value that the defaults leave out.
    private static final String EVERYTHING =
            """
            image: registry.example.com/podwire:0.1.0
            imagePullSecrets: [pull]
            clusterIdentity: true
            settings:
              kafka.bootstrap.servers: kafka:9093
              http.port: "9000"
            secrets:
              - {name: kafka, mountPath: /etc/podwire-kafka, config: kafka.properties}
            env:
              - {name: JAVA_TOOL_OPTIONS, value: -XX:+UseZGC}
            podLabels: {team: batch}
            podAnnotations: {example.com/team: batch}
            nodeSelector: {kubernetes.io/os: linux}
            tolerations: [{operator: Exists}]
            priorityClassName: system-cluster-critical
            """;

    private final KubernetesClient admin = RealCluster.client();
    private final String namespace = RealCluster.newNamespace(admin);

    @TempDir private Path dir;

    @AfterEach
    void close() {
        admin.namespaces().withName(namespace).delete();
        admin.close();
    }

    @Test
    void clusterTakesTheChartWithEveryValue() throws IOException, InterruptedException {
        // Given
        Path values = Files.writeString(dir.resolve("values.yaml"), EVERYTHING);
        List<String> flags = List.of("--namespace=" + namespace, "--values=" + values);
        List<JsonNode> narrow =
                Renderers.chart(plus(flags, "--set=namespaces={" + namespace + "}"));
        List<JsonNode> wide = Renderers.chart(plus(flags, "--set=namespaces={team-*}"));

        // Then
        assertThat(taken(narrow)).hasSize(9);
        assertThat(taken(wide)).hasSize(9);
    }

    private static List<String> plus(List<String> flags, String flag) {
        return Stream.concat(flags.stream(), Stream.of(flag)).toList();
    }

    /// One line for each object.
    private List<String> taken(List<JsonNode> objects) throws IOException, InterruptedException {
        var list =
                JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "List");
        list.putArray("items").addAll(objects);
        Path file = Files.writeString(dir.resolve("objects.json"), list.toString());
        return PathTool.find("kubectl")
                .orElseThrow()
                .output(
                        List.of(
                                "--kubeconfig=" + RealCluster.kubeconfig().orElseThrow(),
                                "--namespace=" + namespace,
                                "apply",
                                "--dry-run=server",
                                "--validate=strict",
                                "--filename=" + file))
                .lines()
                .toList();
    }
}
