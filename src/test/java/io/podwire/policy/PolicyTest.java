package io.podwire.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fabric8.kubernetes.api.model.Pod;
import io.podwire.manifest.Configs;
import io.podwire.protocol.Command;
import io.podwire.protocol.Command.CreatePod;
import io.podwire.protocol.CommandError;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.ErrorCode;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.LogRequest;
import io.podwire.protocol.Origin;
import io.podwire.protocol.PodRef;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

class PolicyTest {
    private static final Origin ORIGIN = Configs.origin();

    @ParameterizedTest
    @MethodSource("everyCommand")
    void commandInAnOpenNamespaceIsAllowed(Command command) {
        assertThat(policy().judge(command)).isInstanceOf(Verdict.Allowed.class);
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void commandInAnotherNamespaceIsDenied(Command command) {
        // Given
        Policy elsewhere = policy("other", "team-*");

        // When
        CommandError error = denied(elsewhere.judge(command));

        // Then
        assertThat(error.reason()).isEqualTo(ErrorReason.DENIED_NAMESPACE);
        assertThat(error.code()).isEqualTo(ErrorCode.COMMAND_DENIED);
        assertThat(error.message()).contains("jobs").contains("policy.namespaces");
    }

    @Test
    void anyOfThePatternsOpensTheNamespace() {
        assertThat(policy("other", "j?b*").judge(get())).isInstanceOf(Verdict.Allowed.class);
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void commandThatIsSwitchedOffIsDenied(Command command) {
        // Given
        Set<CommandKind> others = EnumSet.complementOf(EnumSet.of(CommandKind.of(command)));

        // When
        CommandError error = denied(policy(others).judge(command));

        // Then
        assertThat(error.reason()).isEqualTo(ErrorReason.COMMAND_DISABLED);
        assertThat(error.message())
                .contains(CommandKind.of(command).word())
                .contains("policy.commands");
    }

    @ParameterizedTest
    @CsvSource({
        "podwire.io/group,/data/pod/labels/podwire.io~1group",
        "podwire.io/anything,/data/pod/labels/podwire.io~1anything",
        "app.kubernetes.io/managed-by,/data/pod/labels/app.kubernetes.io~1managed-by"
    })
    void labelOfOursIsDeniedByItsPlace(String name, String pointer) {
        // When
        CommandError error = denied(policy().judge(create(Map.of(name, "x"), Map.of())));

        // Then
        assertThat(error.reason()).isEqualTo(ErrorReason.DENIED_LABEL);
        assertThat(error.pointer()).contains(pointer);
        assertThat(error.message()).contains(name);
    }

    @Test
    void annotationOfOursIsDeniedByItsPlace() {
        // When
        CommandError error =
                denied(policy().judge(create(Map.of(), Map.of("podwire.io/command-id", "x"))));

        // Then
        assertThat(error.reason()).isEqualTo(ErrorReason.DENIED_LABEL);
        assertThat(error.pointer()).contains("/data/pod/annotations/podwire.io~1command-id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "team",
                "podwire.io",
                "podwire.iox/a",
                "my.podwire.io/a",
                "app.kubernetes.io/name",
                "app.kubernetes.io/managed-by-us"
            })
    void everyOtherLabelIsAllowed(String name) {
        assertThat(policy().judge(create(Map.of(name, "x"), Map.of(name, "x"))))
                .isInstanceOf(Verdict.Allowed.class);
    }

    @Test
    void insecurePodIsDeniedWithAllThatBreaksTheLevel() {
        // Given
        Pod pod = SecurePods.spec(s -> s.withHostNetwork(true).withHostPID(true));

        // When
        CommandError error = denied(policy().judge(create(), pod));

        // Then
        assertThat(error.reason()).isEqualTo(ErrorReason.DENIED_POD_SECURITY);
        assertThat(error.pointer()).contains("/data/pod");
        assertThat(error.message()).contains("\"baseline\"").contains("hostNetwork=true");
        assertThat(error.causes())
                .extracting(CommandError.Cause::message)
                .containsExactly("hostNetwork=true", "hostPID=true");
    }

    @Test
    void securePodIsAllowed() {
        assertThat(policy().judge(create(), SecurePods.secure()))
                .isInstanceOf(Verdict.Allowed.class);
    }

    @Test
    void podOfADeniedCommandIsNotLookedAt() {
        // Given
        Pod pod = SecurePods.spec(s -> s.withHostNetwork(true));

        // When
        CommandError error = denied(policy("other").judge(create(), pod));

        // Then
        assertThat(error.reason()).isEqualTo(ErrorReason.DENIED_NAMESPACE);
    }

    @ParameterizedTest
    @EnumSource
    void kindIsFoundByItsWord(CommandKind kind) {
        assertThat(CommandKind.named(kind.word())).contains(kind);
        assertThat(CommandKind.named(kind.name())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void levelIsFoundByItsWord(PodSecurityLevel level) {
        assertThat(PodSecurityLevel.named(level.word())).contains(level);
        assertThat(PodSecurityLevel.named("Baseline")).isEmpty();
    }

    @Test
    void policyNeedsANamespace() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new PolicySettings(
                                        List.of(),
                                        Set.of(),
                                        PodSecurityLevel.BASELINE,
                                        PodRules.DEFAULT))
                .withMessageContaining("namespaces");
    }

    static Stream<Command> everyCommand() {
        PodRef pod = Configs.POD;
        return Stream.of(
                create(),
                get(),
                new Command.DeletePod(
                        ORIGIN,
                        Optional.empty(),
                        pod,
                        Optional.empty(),
                        OptionalLong.empty(),
                        Command.Deletion.GRACEFUL,
                        Command.DeleteEnd.GONE,
                        Optional.empty()),
                new Command.ReadLogs(
                        ORIGIN,
                        Optional.empty(),
                        pod,
                        new LogRequest(
                                new LogRequest.Selection.Default(),
                                OptionalLong.empty(),
                                Optional.empty(),
                                LogRequest.Follow.NO,
                                LogRequest.Timestamps.NO,
                                LogRequest.Instance.CURRENT,
                                OptionalLong.empty(),
                                Optional.empty())),
                new Command.CancelCommand(
                        ORIGIN, Optional.empty(), pod, new CommandRef("/me", "c-1")));
    }

    private static Command get() {
        return new Command.GetPod(
                ORIGIN, Optional.empty(), Configs.POD, Command.View.STATUS, Optional.empty());
    }

    private static CreatePod create() {
        return create(Map.of(), Map.of());
    }

    private static CreatePod create(Map<String, String> labels, Map<String, String> annotations) {
        return new CreatePod(
                ORIGIN,
                Optional.empty(),
                Configs.POD,
                Configs.labelled(labels, annotations),
                Optional.empty());
    }

    private static Policy policy(String... namespaces) {
        List<NamespacePattern> patterns =
                Stream.of(namespaces.length == 0 ? new String[] {"jobs"} : namespaces)
                        .map(NamespacePattern::new)
                        .toList();
        return new Policy(
                new PolicySettings(
                        patterns,
                        EnumSet.allOf(CommandKind.class),
                        PodSecurityLevel.BASELINE,
                        PodRules.DEFAULT));
    }

    private static Policy policy(Set<CommandKind> commands) {
        return new Policy(
                new PolicySettings(
                        List.of(new NamespacePattern("jobs")),
                        commands,
                        PodSecurityLevel.BASELINE,
                        PodRules.DEFAULT));
    }

    private static CommandError denied(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Allowed _ -> throw new AssertionError("allowed");
            case Verdict.Denied(var error) -> error;
        };
    }
}
