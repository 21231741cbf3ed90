package io.podwire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.node.v1.RuntimeClassBuilder;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.codec.PodConfigOracle.Judged;
import io.podwire.testkit.OnRealCluster;
import io.podwire.testkit.RealCluster;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// What keeps our schema and our checks, the API server takes; what we refuse, it refuses too, but for the
/// reasons that are listed here.
@OnRealCluster
class RealPodConfigOracleIT {
    private static final long SEED = Long.getLong("podwire.oracle.seed", 20_261_127);
    private static final int CONFIGS = 2_000;

    /// What we refuse though the API server takes it: by the end of our sentence, and why.
    private static final Map<String, String> STRICTER =
            Map.ofEntries(
                    Map.entry(
                            "is not an image reference.*|has a name longer than 255 characters",
                            "no node could pull it: InvalidImageName"),
                    Map.entry(
                            "(env|\\[\\d+]\\.env)\\[\\d+]\\.name is there more than once",
                            "only the last value would count"),
                    Map.entry(
                            "mountPath is there more than once",
                            "one path in two spellings: one mount would hide the other"),
                    Map.entry(
                            "mountPath must not contain '\\.\\.'",
                            "what it climbs to is not what is meant"),
                    Map.entry(
                            "is mounted nowhere.*",
                            "a volume that no container sees is an oversight"),
                    Map.entry(
                            "names none of the container's ports",
                            "the kubelet could only fail the probe"),
                    Map.entry(
                            "is root, which runAsNonRoot forbids",
                            "the kubelet would wait forever: CreateContainerConfigError"),
                    Map.entry(
                            "is an order to Kubernetes and not a note: .*",
                            "Kubernetes would obey it, past the fields that the policy judges"),
                    Map.entry("annotations are more than 252 KiB in all", "4 KiB are for our own"),
                    Map.entry(
                            "activeDeadline must be at most 365d", "longer is a slip of the unit"),
                    Map.entry(
                            "cpu must be a whole number of thousandths of a core, at least 1m|cpu is too large.*",
                            "Kubernetes rounds it up, or takes nothing for no limit; no node has a million cores"),
                    Map.entry(
                            "must be more than nothing|must be a whole number of MiB.*|is too large: at most 2\\^63-1 bytes",
                            "nothing would mean no limit, and no node has more"),
                    Map.entry(
                            "must be one whole number with [GL]t",
                            "the scheduler could not read it, and the pod would wait forever"));

    @Test
    void apiServerTakesExactlyWhatOurChecksTake(TestReporter reporter)
            throws InterruptedException, ExecutionException {
        try (KubernetesClient client = RealCluster.client()) {
            // Given
            String namespace = RealCluster.newNamespace(client);
            furnish(client, namespace);
            List<ObjectNode> pods =
                    new RandomPodConfigs(SEED).keepingTheSchema().limit(CONFIGS).toList();

            // When
            List<Judged> judged = new PodConfigOracle(client, namespace).judge(pods);
            clear(client, namespace);

            // Then
            Map<String, Long> counts = counts(judged);
            reporter.publishEntry("seed", String.valueOf(SEED));
            counts.forEach((what, count) -> reporter.publishEntry(what, count.toString()));
            assertThat(disagreements(judged)).as("seed " + SEED).isEmpty();
            assertThat(counts.get("both yes")).isGreaterThan(CONFIGS / 3);
            assertThat(counts.get("both no")).isGreaterThan(CONFIGS / 10);
            assertThat(counts).containsKeys(STRICTER.keySet().toArray(String[]::new));
            assertThat(fieldsOf(judged)).containsAll(fieldsOfTheSchema());
        }
    }

    private static void furnish(KubernetesClient client, String namespace) {
        client.serviceAccounts()
                .inNamespace(namespace)
                .withName("default")
                .waitUntilCondition(Objects::nonNull, 30, TimeUnit.SECONDS);
        client.serviceAccounts()
                .inNamespace(namespace)
                .resource(
                        new ServiceAccountBuilder()
                                .withNewMetadata()
                                .withName(RandomPodConfigs.SERVICE_ACCOUNT)
                                .endMetadata()
                                .build())
                .create();
        client.scheduling()
                .v1()
                .priorityClasses()
                .resource(
                        new PriorityClassBuilder()
                                .withNewMetadata()
                                .withName(RandomPodConfigs.PRIORITY_CLASS)
                                .endMetadata()
                                .withValue(1)
                                .build())
                .serverSideApply();
        client.runtimeClasses()
                .resource(
                        new RuntimeClassBuilder()
                                .withNewMetadata()
                                .withName(RandomPodConfigs.RUNTIME_CLASS)
                                .endMetadata()
                                .withHandler("oracle")
                                .build())
                .serverSideApply();
    }

    private static void clear(KubernetesClient client, String namespace) {
        client.namespaces().withName(namespace).delete();
        client.scheduling()
                .v1()
                .priorityClasses()
                .withName(RandomPodConfigs.PRIORITY_CLASS)
                .delete();
        client.runtimeClasses().withName(RandomPodConfigs.RUNTIME_CLASS).delete();
    }

    private static Map<String, Long> counts(List<Judged> judged) {
        return judged.stream()
                .collect(
                        Collectors.groupingBy(
                                RealPodConfigOracleIT::kind, TreeMap::new, Collectors.counting()));
    }

    private static String kind(Judged judged) {
        if (judged.agreed()) {
            return judged.ours().isEmpty() ? "both yes" : "both no";
        }
        return judged.ours()
                .flatMap(
                        sentence ->
                                STRICTER.keySet().stream()
                                        .filter(end -> sentence.matches("(?s).*(" + end + ")"))
                                        .findFirst())
                .orElse("disagreement");
    }

    private static List<String> disagreements(List<Judged> judged) {
        return judged.stream()
                .filter(each -> kind(each).equals("disagreement"))
                .map(Judged::toString)
                .toList();
    }

    /// Of those that both take.
    private static Set<String> fieldsOf(List<Judged> judged) {
        Set<String> names = new TreeSet<>();
        judged.stream()
                .filter(each -> kind(each).equals("both yes"))
                .forEach(each -> collect(each.pod(), names));
        return names;
    }

    private static void collect(JsonNode node, Set<String> names) {
        node.fieldNames().forEachRemaining(names::add);
        node.forEach(child -> collect(child, names));
    }

    private static Set<String> fieldsOfTheSchema() {
        Set<String> names = new TreeSet<>();
        properties(SchemaFiles.schema("pod-config"), names);
        return names;
    }

    private static void properties(JsonNode schema, Set<String> names) {
        schema.path("properties").fieldNames().forEachRemaining(names::add);
        schema.forEach(part -> properties(part, names));
    }
}
