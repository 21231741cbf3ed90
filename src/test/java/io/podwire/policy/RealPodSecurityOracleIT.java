package io.podwire.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.podwire.testkit.OnRealCluster;
import io.podwire.testkit.RealCluster;
import io.podwire.testkit.SideBySide;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// Kubernetes' own admission says what the standards mean; our policy must say the same.
@OnRealCluster
class RealPodSecurityOracleIT {
    private static final long SEED = 20261125;
    private static final int PODS = 5_000;

    private enum Answer {
        ALLOWED,
        DENIED,
        /// Refused for another reason, before Pod Security was asked.
        NO_POD
    }

    @ParameterizedTest
    @EnumSource(names = {"BASELINE", "RESTRICTED"})
    void policyAnswersAsTheApiServerDoes(PodSecurityLevel level)
            throws InterruptedException, ExecutionException {
        try (KubernetesClient client = RealCluster.client()) {
            // Given
            String namespace = enforcing(client, level);
            Map<Answer, Integer> answers = new EnumMap<>(Answer.class);
            List<String> disagreements = new ArrayList<>();

            List<Pod> pods = RandomPods.some(SEED, PODS);

            // When
            List<Answer> theirs = SideBySide.ask(pods, pod -> ask(client, namespace, pod));
            for (int i = 0; i < pods.size(); i++) {
                Answer their = theirs.get(i);
                answers.merge(their, 1, Integer::sum);
                List<Violation> ours = PodSecurity.violations(pods.get(i), level);
                if (their != Answer.NO_POD && ours.isEmpty() != (their == Answer.ALLOWED)) {
                    disagreements.add(
                            their + ", ours " + ours + ":\n" + Serialization.asYaml(pods.get(i)));
                }
            }
            client.namespaces().withName(namespace).delete();

            // Then
            assertThat(disagreements).as(answers.toString()).isEmpty();
            assertThat(answers.get(Answer.ALLOWED)).isGreaterThan(PODS / 8);
            assertThat(answers.get(Answer.DENIED)).isGreaterThan(PODS / 8);
            assertThat(answers.getOrDefault(Answer.NO_POD, 0)).isLessThan(PODS / 4);
        }
    }

    private static Answer ask(KubernetesClient client, String namespace, Pod pod) {
        try {
            client.pods().inNamespace(namespace).resource(pod).dryRun(true).create();
            return Answer.ALLOWED;
        } catch (KubernetesClientException e) {
            if (e.getCode() == 403
                    && String.valueOf(e.getMessage()).contains("violates PodSecurity")) {
                return Answer.DENIED;
            }
            if (e.getCode() == 422) {
                return Answer.NO_POD;
            }
            // Neither: what is wrong with the call is in its cause.
            throw e;
        }
    }

    private static String enforcing(KubernetesClient client, PodSecurityLevel level) {
        String namespace = RealCluster.newNamespace(client);
        client.namespaces()
                .withName(namespace)
                .edit(
                        found ->
                                new NamespaceBuilder(found)
                                        .editMetadata()
                                        .addToLabels(
                                                "pod-security.kubernetes.io/enforce", level.word())
                                        .endMetadata()
                                        .build());
        // Made by a controller a moment later; without it no pod is taken.
        client.serviceAccounts()
                .inNamespace(namespace)
                .withName("default")
                .waitUntilCondition(Objects::nonNull, 30, TimeUnit.SECONDS);
        return namespace;
    }
}
