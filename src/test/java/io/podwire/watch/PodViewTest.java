package io.podwire.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.Owner;
import io.podwire.protocol.PodMarks;
import io.podwire.protocol.PodStatus;
import io.podwire.protocol.PodStatus.ContainerKind;
import io.podwire.protocol.PodStatus.ContainerState;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.stream.Stream;

class PodViewTest {
    static Stream<Arguments> shapes() throws IOException {
        return PodShapes.pods().stream().map(pod -> Arguments.of(PodShapes.title(pod), pod));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void podIsToldAsKubectlPrintsIt(String title, Pod pod) {
        // Given
        Map<String, String> expected = pod.getMetadata().getAnnotations();

        // When
        PodStatus status = PodView.of(pod);

        // Then
        assertThat(status.word()).isEqualTo(expected.get("word"));
        assertThat(status.state()).hasToString(expected.get("state"));
        assertThat(status.reason().orElse("")).isEqualTo(expected.get("reason"));
        assertThat(status.uid()).isEqualTo("u");
        assertThat(status.resourceVersion()).isEqualTo(7);
    }

    @Test
    void containersAreToldInTheOrderOfTheSpecWithInitContainersFirst() {
        // Given
        Pod pod =
                read(
                        """
                        spec:
                          initContainers: [{name: init}, {name: side, restartPolicy: Always}]
                          containers: [{name: a}, {name: b}, {name: c}]
                        status:
                          phase: Running
                          initContainerStatuses:
                          - {name: init, state: {terminated: {exitCode: 0, reason: Completed}}}
                          - {name: side, ready: true, started: true, state: {running: {}}}
                          containerStatuses:
                          - name: b
                            restartCount: 2
                            state: {waiting: {reason: CrashLoopBackOff, message: back-off 20s}}
                            lastState: {terminated: {exitCode: 137, signal: 9, reason: OOMKilled,
                              startedAt: '2026-11-25T06:00:01Z', finishedAt: '2026-11-25T06:00:02Z'}}
                          - name: a
                            ready: true
                            state: {running: {startedAt: '2026-11-25T06:00:09Z'}}
                        """);

        // When
        PodStatus status = PodView.of(pod);

        // Then
        assertThat(status.containers())
                .extracting(PodStatus.Container::name)
                .containsExactly("init", "side", "a", "b", "c");
        assertThat(status.containers())
                .extracting(PodStatus.Container::kind)
                .containsExactly(
                        ContainerKind.INIT,
                        ContainerKind.SIDECAR,
                        ContainerKind.MAIN,
                        ContainerKind.MAIN,
                        ContainerKind.MAIN);
        assertThat(status.containers())
                .extracting(PodStatus.Container::state)
                .containsExactly(
                        ContainerState.TERMINATED,
                        ContainerState.RUNNING,
                        ContainerState.RUNNING,
                        ContainerState.WAITING,
                        ContainerState.WAITING);
        PodStatus.Container crashed = status.containers().get(3);
        assertThat(crashed.reason()).contains("CrashLoopBackOff");
        assertThat(crashed.exitCode()).contains(137);
        assertThat(crashed.signal()).contains(9);
        assertThat(crashed.restarts()).isEqualTo(2);
        assertThat(crashed.finishedAt()).contains(Instant.parse("2026-11-25T06:00:02Z"));
        assertThat(status.message()).contains("back-off 20s; last run: OOMKilled, exit code 137");
        assertThat(status.kubeletTime()).contains(Instant.parse("2026-11-25T06:00:09Z"));
    }

    @Test
    void newestTimeOfConditionsAndContainersIsTheKubeletTime() {
        // Given
        Pod pod =
                read(
                        """
                        spec: {nodeName: n1, containers: [{name: a}]}
                        status:
                          podIP: 10.0.0.7
                          conditions:
                          - {type: Ready, status: 'True', lastTransitionTime: '2026-11-25T06:01:00Z'}
                          - {type: PodScheduled, status: 'True', lastTransitionTime: nonsense}
                          containerStatuses:
                          - {name: a, state: {running: {startedAt: '2026-11-25T06:00:09Z'}}}
                        """);

        // When
        PodStatus status = PodView.of(pod);

        // Then
        assertThat(status.kubeletTime()).contains(Instant.parse("2026-11-25T06:01:00Z"));
        assertThat(status.ready()).isTrue();
        assertThat(status.node()).contains("n1");
        assertThat(status.podIp()).contains("10.0.0.7");
    }

    @Test
    void allGpusOfContainersThatRunTogetherAreCounted() {
        // Given
        Pod pod =
                new PodBuilder()
                        .withNewSpec()
                        .addToInitContainers(
                                limits("init", "nvidia.com/gpu", "3"),
                                new ContainerBuilder(limits("side", "amd.com/gpu", "1"))
                                        .withRestartPolicy("Always")
                                        .build())
                        .addToContainers(
                                limits("a", "nvidia.com/mig-1g.10gb", "2"),
                                limits("b", "nvidia.com/gpu.shared", "4"),
                                limits("c", "nvidia.com/gpu", "half"),
                                limits("d", "cpu", "8"))
                        .endSpec()
                        .build();

        // When
        PodStatus status = PodView.of(pod);

        // Then
        assertThat(status.gpu()).isEqualTo(7);
    }

    @Test
    void ownerIsNamedOnlyWhereAllMarksAreThere() {
        // Given
        Pod ours = marked(Map.of());
        List<Pod> others =
                List.of(
                        marked(Map.of(PodMarks.MANAGED_BY, "helm")),
                        marked(Map.of(PodMarks.GROUP, "")),
                        marked(Map.of(PodMarks.PARTITION, "three")),
                        marked(Map.of(PodMarks.PARTITION, "-1")),
                        marked(Map.of(PodMarks.PARTITION, "4294967297")),
                        marked(Map.of(PodMarks.COMMAND_ID, "")),
                        marked(Map.of(PodMarks.COMMAND_SOURCE, "")),
                        marked(Map.of(PodMarks.COMMAND_DIGEST, "")));

        // When
        PodStatus status = PodView.of(ours);

        // Then
        assertThat(status.owner())
                .contains(new Owner("g", 3, new CommandRef("/s", "c1"), "d1", Optional.empty()));
        assertThat(others).allSatisfy(pod -> assertThat(PodView.of(pod).owner()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"3600,PT1H", "0,PT0S", "-1,", "1h,", "'',", "2147483648,", "99999999999999999999,"})
    void podOfOursSaysHowLongItStays(String mark, Duration ttl) {
        // Given
        Pod pod = marked(Map.of());
        pod.getMetadata().getAnnotations().put(PodMarks.TTL, mark);

        // When
        PodStatus status = PodView.of(pod);

        // Then
        assertThat(status.owner())
                .hasValueSatisfying(
                        owner ->
                                assertThat(owner.ttlAfterFinished())
                                        .isEqualTo(Optional.ofNullable(ttl)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+10000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z", "yesterday"})
    void timeThatNobodyCanMeanIsNone(String time) {
        // Given
        Pod pod =
                read(
                        """
                        spec: {containers: [{name: main}]}
                        status:
                          phase: Succeeded
                          containerStatuses:
                          - {name: main, state: {terminated: {exitCode: 0, finishedAt: '%s'}}}
                        """
                                .formatted(time));

        // When
        PodStatus status = PodView.of(pod);

        // Then
        assertThat(status.containers().getFirst().finishedAt()).isEmpty();
        assertThat(status.kubeletTime()).isEmpty();
    }

    @Test
    void messageIsCutToFourKibibytesBetweenCharacters() {
        // Given
        Pod pod = read("status: {phase: Failed, reason: Evicted}");
        pod.getStatus().setMessage("x" + "ä".repeat(5000));

        // When
        String message = PodView.of(pod).message().orElseThrow();

        // Then
        assertThat(message.getBytes(StandardCharsets.UTF_8)).hasSize(4095);
        assertThat(message).isEqualTo("x" + "ä".repeat(2047));
    }

    @Test
    void objectWithNothingInItIsAPendingPod() {
        // When
        PodStatus status = PodView.of(new Pod());

        // Then
        assertThat(status.word()).isEqualTo("Pending");
        assertThat(status.uid()).isEmpty();
        assertThat(status.containers()).isEmpty();
        assertThat(status.kubeletTime()).isEmpty();
    }

    @Test
    void hostileValuesNeverThrow() throws IOException {
        // Given
        List<String> documents = PodShapes.documents();
        Random random = new Random(4711);
        List<String> garbage =
                List.of("null", "[]", "[null]", "{}", "''", "-1", "\"\\0\\u2028\"", "x".repeat(99));

        // When
        List<Pod> pods =
                random.ints(3000, 0, documents.size())
                        .mapToObj(documents::get)
                        .map(text -> spoil(text, random, garbage))
                        .flatMap(PodViewTest::readable)
                        .toList();

        // Then
        assertThat(pods).hasSizeGreaterThan(500);
        assertThat(pods)
                .allSatisfy(
                        pod -> assertThatCode(() -> PodView.of(pod)).doesNotThrowAnyException());
    }

    private static String spoil(String text, Random random, List<String> garbage) {
        String[] parts = text.split("(?<=: )", -1);
        for (int i = 0; i < 2; i++) {
            int at = 1 + random.nextInt(parts.length - 1);
            String junk = garbage.get(random.nextInt(garbage.size()));
            parts[at] =
                    parts[at].replaceFirst(
                            "^('[^']*'|[^,}\n{\\[]+)", Matcher.quoteReplacement(junk));
        }
        return String.join("", parts);
    }

    private static Stream<Pod> readable(String text) {
        try {
            return Stream.ofNullable(Serialization.unmarshal(text, Pod.class));
        } catch (RuntimeException _) {
            return Stream.empty(); // the client would not have shown it to us either
        }
    }

    private static Pod read(String text) {
        return Serialization.unmarshal("kind: Pod\napiVersion: v1\n" + text, Pod.class);
    }

    private static Container limits(String name, String resource, String quantity) {
        return new ContainerBuilder()
                .withName(name)
                .withNewResources()
                .addToLimits(resource, new Quantity(quantity))
                .endResources()
                .build();
    }

    private static Pod marked(Map<String, String> changes) {
        Pod pod =
                new PodBuilder()
                        .withNewMetadata()
                        .addToLabels(PodMarks.MANAGED_BY, "podwire")
                        .addToLabels(PodMarks.GROUP, "g")
                        .addToLabels(PodMarks.PARTITION, "3")
                        .addToAnnotations(PodMarks.COMMAND_ID, "c1")
                        .addToAnnotations(PodMarks.COMMAND_SOURCE, "/s")
                        .addToAnnotations(PodMarks.COMMAND_DIGEST, "d1")
                        .endMetadata()
                        .build();
        changes.forEach(
                (key, value) -> {
                    pod.getMetadata().getLabels().replace(key, value);
                    pod.getMetadata().getAnnotations().replace(key, value);
                });
        return pod;
    }
}
