package io.podwire.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.podwire.manifest.Configs;
import io.podwire.protocol.Command.CreatePod;
import io.podwire.protocol.CommandError;
import io.podwire.protocol.CommandError.Cause;
import io.podwire.protocol.ErrorCode;
import io.podwire.protocol.ErrorReason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

class PodRulesTest {
    private static final Optional<Amount> ANY = Optional.empty();

    @Test
    void everyImageAndAmountIsAllowedWhereNothingIsSet() {
        // Given
        Pod pod =
                pod(
                        List.of(container("init", "evil.example/x", "cpu", "900")),
                        container("main", "ghcr.io/a/b@sha256:ab", "nvidia.com/gpu", "800"));

        // When / Then
        assertThat(judge(PodRules.DEFAULT, pod)).isInstanceOf(Verdict.Allowed.class);
    }

    @Test
    void imageOfNoPatternIsDeniedByItsFullName() {
        // When
        CommandError error =
                denied(images("docker.io/library/alpine", "ghcr.io/*"), SecurePods.secure());

        // Then
        assertThat(error.reason()).isEqualTo(ErrorReason.DENIED_IMAGE);
        assertThat(error.code()).isEqualTo(ErrorCode.COMMAND_DENIED);
        assertThat(error.pointer()).contains("/data/pod/image");
        assertThat(error.message())
                .contains("docker.io/library/busybox:1.36")
                .contains("policy.images");
    }

    @Test
    void anyOfThePatternsOpensTheImage() {
        assertThat(judge(images("ghcr.io/*", "busybox:1.*"), SecurePods.secure()))
                .isInstanceOf(Verdict.Allowed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "0,/data/pod/initContainers/0/image",
        "1,/data/pod/sidecars/0/image",
        "2,/data/pod/initContainers/1/image",
        "3,/data/pod/image"
    })
    void imageOfEachContainerIsJudgedAndFound(int evil, String pointer) {
        // Given
        List<String> images = Stream.of(0, 1, 2, 3).map(n -> n == evil ? "x" : "busybox").toList();
        Pod pod =
                pod(
                        List.of(
                                container("a", images.get(0)),
                                sidecar(container("b", images.get(1))),
                                container("c", images.get(2))),
                        container("main", images.get(3)));

        // When
        CommandError error = denied(images("busybox"), pod);

        // Then
        assertThat(error.reason()).isEqualTo(ErrorReason.DENIED_IMAGE);
        assertThat(error.pointer()).contains(pointer);
    }

    @Test
    void imageMountedAsAVolumeIsJudgedToo() {
        // Given
        Pod pod =
                SecurePods.spec(
                        s ->
                                s.addNewVolume()
                                        .withName("v")
                                        .withNewImage("Always", "evil.example/x")
                                        .endVolume());

        // When
        CommandError error = denied(images("busybox"), pod);

        // Then
        assertThat(error.reason()).isEqualTo(ErrorReason.DENIED_IMAGE);
        assertThat(error.pointer()).contains("/data/pod/volumes");
    }

    @Test
    void serviceAccountThatACommandNamesIsDeniedByItsPlaceWhereNoneIsOpen() {
        // When
        CommandError error = denied(PodRules.DEFAULT, runningAs("default"));

        // Then
        assertThat(error.reason()).isEqualTo(ErrorReason.DENIED_FIELD);
        assertThat(error.code()).isEqualTo(ErrorCode.COMMAND_DENIED);
        assertThat(error.pointer()).contains("/data/pod/serviceAccount");
        assertThat(error.message()).contains("default").contains("policy.service.accounts");
    }

    @Test
    void serviceAccountOfAPatternIsAllowedAndOthersAreNot() {
        // Given
        PodRules rules =
                new PodRules(
                        List.of(ImagePattern.ALL),
                        List.of(
                                new ServiceAccountPattern("train"),
                                new ServiceAccountPattern("job-*")),
                        PodLimits.NONE);

        // When / Then
        assertThat(judge(rules, runningAs("job-7"))).isInstanceOf(Verdict.Allowed.class);
        assertThat(denied(rules, runningAs("training")).reason())
                .isEqualTo(ErrorReason.DENIED_FIELD);
    }

    @Test
    void serviceAccountByItsOldFieldIsJudgedToo() {
        assertThat(
                        denied(PodRules.DEFAULT, SecurePods.spec(s -> s.withServiceAccount("x")))
                                .reason())
                .isEqualTo(ErrorReason.DENIED_FIELD);
    }

    @ParameterizedTest
    @CsvSource({
        "4,4,",
        "4,4001m,4.001",
        "500m,0.5,",
        "500m,1,1",
        "1e3,1000,",
    })
    void cpuOfAPodIsBounded(String most, String asked, String told) {
        // Given
        PodRules rules = limits(amount(most), ANY, ANY);

        // When
        Verdict verdict = judge(rules, asking("cpu", asked));

        // Then
        if (told == null) {
            assertThat(verdict).isInstanceOf(Verdict.Allowed.class);
            return;
        }
        CommandError error = denied(rules, asking("cpu", asked));
        assertThat(error.reason()).isEqualTo(ErrorReason.DENIED_RESOURCES);
        assertThat(error.code()).isEqualTo(ErrorCode.COMMAND_DENIED);
        assertThat(error.pointer()).contains("/data/pod/resources/cpu");
        assertThat(error.message())
                .isEqualTo(
                        "the pod asks for %s of cpu; one pod may have %s at the most (policy.max.cpu)"
                                .formatted(told, most));
    }

    @ParameterizedTest
    @CsvSource({"17Gi,17Gi", "16385Mi,16385Mi", "16777217Ki,16777217Ki", "18000000001,18000000001"})
    void memoryOfAPodIsBoundedAndToldInAFittingUnit(String asked, String told) {
        // Given
        PodRules rules = limits(ANY, amount("16Gi"), ANY);

        // When
        CommandError error = denied(rules, asking("memory", asked));

        // Then
        assertThat(error.reason()).isEqualTo(ErrorReason.DENIED_RESOURCES);
        assertThat(error.pointer()).contains("/data/pod/resources/memory");
        assertThat(error.message()).contains("asks for " + told + " of memory").contains("16Gi");
        assertThat(judge(rules, asking("memory", "16384Mi"))).isInstanceOf(Verdict.Allowed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nvidia.com/gpu", "nvidia.com/mig-1g.5gb", "amd.com/gpu", "chips.example/x"})
    void everyExtendedResourceCountsAsAGpu(String device) {
        // Given
        PodRules rules = limits(ANY, ANY, amount("2"));

        // When
        CommandError error = denied(rules, asking(device, "3"));

        // Then
        assertThat(error.reason()).isEqualTo(ErrorReason.DENIED_RESOURCES);
        assertThat(error.pointer()).contains("/data/pod/resources/gpu");
        assertThat(error.message()).contains("3 of gpu").contains("policy.max.gpu");
        assertThat(judge(rules, asking(device, "2"))).isInstanceOf(Verdict.Allowed.class);
    }

    @Test
    void gpusOfDifferentKindsCountTogether() {
        // Given
        Pod pod =
                pod(
                        List.of(),
                        container("main", "busybox", "nvidia.com/gpu", "2", "amd.com/gpu", "1"));

        // When / Then
        assertThat(denied(limits(ANY, ANY, amount("2")), pod).reason())
                .isEqualTo(ErrorReason.DENIED_RESOURCES);
    }

    @Test
    void noGpuAtAllCanBeAllowed() {
        // Given
        PodRules rules = limits(ANY, ANY, amount("0"));

        // When / Then
        assertThat(judge(rules, asking("cpu", "4"))).isInstanceOf(Verdict.Allowed.class);
        assertThat(denied(rules, asking("nvidia.com/gpu", "1")).message()).contains("1 of gpu");
    }

    /// What Kubernetes' scheduler would reserve, by hand.
    static Stream<Demanded> demands() {
        Container main = cpu("main", "4");
        return Stream.of(
                new Demanded("4", List.of(), main),
                new Demanded("4", List.of(cpu("i", "3"), cpu("j", "4")), main),
                new Demanded("5", List.of(cpu("i", "5")), main),
                new Demanded("7", List.of(sidecar(cpu("s", "3"))), main),
                // An init container counts with the sidecars that began before it.
                new Demanded("8", List.of(sidecar(cpu("s", "3")), cpu("i", "5")), main),
                new Demanded("7", List.of(cpu("i", "5"), sidecar(cpu("s", "3"))), main),
                new Demanded(
                        "9",
                        List.of(
                                sidecar(cpu("s", "1")),
                                cpu("i", "7"),
                                sidecar(cpu("t", "1")),
                                cpu("j", "7")),
                        main));
    }

    record Demanded(String all, List<Container> before, Container main) {}

    @ParameterizedTest
    @MethodSource("demands")
    void containersCountAsTheSchedulerCountsThem(Demanded demanded) {
        // Given
        Pod pod = pod(demanded.before(), demanded.main());
        BigDecimal all = new BigDecimal(demanded.all());
        PodRules enough = limits(Optional.of(new Amount("enough", all)), ANY, ANY);
        PodRules less =
                limits(
                        Optional.of(new Amount("less", all.subtract(new BigDecimal("0.001")))),
                        ANY,
                        ANY);

        // When / Then
        assertThat(judge(enough, pod)).isInstanceOf(Verdict.Allowed.class);
        assertThat(denied(less, pod).message()).contains("asks for " + demanded.all() + " of cpu");
    }

    @Test
    void sharesOfSeveralContainersAreToldAsCauses() {
        // Given
        Pod pod = pod(List.of(sidecar(cpu("s", "3"))), cpu("main", "4"));

        // When
        CommandError error = denied(limits(amount("5"), ANY, ANY), pod);

        // Then
        assertThat(error.pointer()).contains("/data/pod");
        assertThat(error.causes())
                .containsExactly(
                        new Cause("/data/pod/sidecars/0/resources/cpu", "3"),
                        new Cause("/data/pod/resources/cpu", "4"));
    }

    @Test
    void containerWithoutALimitMayTakeTooMuch() {
        // Given
        Pod pod = pod(List.of(container("setup", "busybox")), cpu("main", "1"));

        // When
        CommandError error = denied(limits(amount("4"), ANY, ANY), pod);

        // Then
        assertThat(error.reason()).isEqualTo(ErrorReason.DENIED_RESOURCES);
        assertThat(error.pointer()).contains("/data/pod/initContainers/0/resources/cpu");
        assertThat(error.message())
                .isEqualTo(
                        "the container setup has no limit of cpu; one pod may have 4 at the most"
                                + " (policy.max.cpu)");
    }

    @ParameterizedTest
    @CsvSource({"PT1H,3600", "PT1H,1", "PT0.5S,1", "P2D,172800"})
    void podMayStayUntilTheMaximum(Duration most, String seconds) {
        assertThat(judge(staying(most), stayingFor(seconds))).isInstanceOf(Verdict.Allowed.class);
    }

    @Test
    void podThatWouldStayLongerIsDeniedByItsPlace() {
        // When
        CommandError error = denied(staying(Duration.ofHours(1)), stayingFor("3601"));

        // Then
        assertThat(error.reason()).isEqualTo(ErrorReason.DENIED_FIELD);
        assertThat(error.code()).isEqualTo(ErrorCode.COMMAND_DENIED);
        assertThat(error.pointer()).contains("/data/pod/ttlAfterFinished");
        assertThat(error.message())
                .isEqualTo(
                        "the pod would stay 3601 s after its end; it may stay 3600 s at the most"
                                + " (policy.max.ttl)");
    }

    @Test
    void podThatWouldStayForEverIsDeniedWhereThereIsAMaximum() {
        // When
        CommandError error = denied(staying(Duration.ofHours(1)), SecurePods.secure());

        // Then
        assertThat(error.reason()).isEqualTo(ErrorReason.DENIED_FIELD);
        assertThat(error.message()).contains("would stay for ever").contains("policy.max.ttl");
    }

    static Stream<Pod> podsInTheirHost() {
        return Stream.of(
                SecurePods.spec(s -> s.withHostNetwork(true)),
                SecurePods.spec(s -> s.withHostPID(true)),
                SecurePods.spec(s -> s.withHostIPC(true)),
                SecurePods.spec(
                        s -> s.addNewVolume().withName("v").withNewHostPath("/", "").endVolume()),
                SecurePods.container(
                        c -> c.addNewPort().withContainerPort(80).withHostPort(80).endPort()));
    }

    @ParameterizedTest
    @MethodSource("podsInTheirHost")
    void noLevelOpensTheHost(Pod pod) {
        // When
        CommandError error =
                denied(policy(PodSecurityLevel.PRIVILEGED, PodRules.DEFAULT).judge(create(), pod));

        // Then
        assertThat(error.reason()).isEqualTo(ErrorReason.DENIED_FIELD);
        assertThat(error.pointer()).contains("/data/pod");
        assertThat(error.message()).startsWith("no pod may reach into its host: host");
    }

    @Test
    void privilegedPodThatStaysOutOfItsHostIsAllowedAtTheLevelForIt() {
        assertThat(
                        policy(PodSecurityLevel.PRIVILEGED, PodRules.DEFAULT)
                                .judge(create(), SecurePods.context(c -> c.withPrivileged(true))))
                .isInstanceOf(Verdict.Allowed.class);
    }

    @Test
    void rulesNeedAnImageAndAmountsAreNotNegative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PodRules(List.of(), List.of(), PodLimits.NONE))
                .withMessageContaining("images");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Amount("-1", BigDecimal.ONE.negate()))
                .withMessageContaining("-1");
    }

    private static Verdict judge(PodRules rules, Pod pod) {
        return policy(PodSecurityLevel.BASELINE, rules).judge(create(), pod);
    }

    private static CommandError denied(PodRules rules, Pod pod) {
        return denied(judge(rules, pod));
    }

    private static CommandError denied(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Allowed _ -> throw new AssertionError("allowed");
            case Verdict.Denied(var error) -> error;
        };
    }

    private static Policy policy(PodSecurityLevel level, PodRules rules) {
        return new Policy(
                new PolicySettings(
                        List.of(new NamespacePattern("jobs")),
                        EnumSet.allOf(CommandKind.class),
                        level,
                        rules));
    }

    private static CreatePod create() {
        return new CreatePod(
                Configs.origin(),
                Optional.empty(),
                Configs.POD,
                Configs.minimal(),
                Optional.empty());
    }

    private static PodRules images(String... globs) {
        return new PodRules(
                Stream.of(globs).map(ImagePattern::new).toList(), List.of(), PodLimits.NONE);
    }

    private static PodRules limits(
            Optional<Amount> cpu, Optional<Amount> memory, Optional<Amount> gpu) {
        return new PodRules(
                List.of(ImagePattern.ALL),
                List.of(),
                new PodLimits(cpu, memory, gpu, Optional.empty()));
    }

    private static PodRules staying(Duration most) {
        return new PodRules(
                List.of(ImagePattern.ALL),
                List.of(),
                new PodLimits(ANY, ANY, ANY, Optional.of(most)));
    }

    private static Pod stayingFor(String seconds) {
        return new PodBuilder(SecurePods.secure())
                .editMetadata()
                .addToAnnotations("podwire.io/ttl-seconds-after-finished", seconds)
                .endMetadata()
                .build();
    }

    private static Optional<Amount> amount(String text) {
        return Optional.of(new Amount(text, new Quantity(text).getNumericalAmount()));
    }

    private static Pod runningAs(String serviceAccount) {
        return SecurePods.spec(s -> s.withServiceAccountName(serviceAccount));
    }

    private static Pod asking(String resource, String amount) {
        return pod(List.of(), container("main", "busybox", resource, amount));
    }

    private static Pod pod(List<Container> before, Container main) {
        return SecurePods.spec(s -> s.withInitContainers(before).withContainers(main));
    }

    private static Container sidecar(Container container) {
        return new ContainerBuilder(container).withRestartPolicy("Always").build();
    }

    private static Container cpu(String name, String amount) {
        return container(name, "busybox", "cpu", amount);
    }

    /// @param limits names and amounts in turn
    private static Container container(String name, String image, String... limits) {
        Map<String, Quantity> amounts = new TreeMap<>();
        for (int i = 0; i < limits.length; i += 2) {
            amounts.put(limits[i], new Quantity(limits[i + 1]));
        }
        return new ContainerBuilder()
                .withName(name)
                .withImage(image)
                .withNewResources()
                .withLimits(amounts)
                .endResources()
                .build();
    }
}
