package io.podwire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.podwire.codec.CommandEncoder.Attributes;
import io.podwire.codec.CommandEncoder.DeleteOptions;
import io.podwire.codec.CommandEncoder.Target;
import io.podwire.protocol.Await;
import io.podwire.protocol.Command;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.LogRequest;
import io.podwire.protocol.LogRequest.Selection;
import io.podwire.protocol.PodRef;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

class CommandEncoderTest {
    private static final CommandEncoder ENCODER = new CommandEncoder();
    private static final Attributes ATTRIBUTES = Attributes.of("c-1", "/cli");
    private static final Target POD = new Target(Optional.of("ml"), "train");
    private static final Await AWAIT = new Await(Await.State.READY, Duration.ofSeconds(90));

    @Test
    void createIsReadAsItWasMeant() {
        // When
        byte[] value = ENCODER.create(ATTRIBUTES, Records.json(Records.pod()), Optional.of(AWAIT));

        // Then
        assertThat(read(value))
                .isInstanceOfSatisfying(
                        Command.CreatePod.class,
                        create -> {
                            assertThat(create.config().image()).isEqualTo("busybox:1.36");
                            assertThat(create.await()).contains(AWAIT);
                        });
    }

    @Test
    void podThatIsNoObjectIsRefusedAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ENCODER.create(ATTRIBUTES, "[]", Optional.empty()))
                .withMessageContaining("must be a JSON object");
    }

    @Test
    void getIsReadAsItWasMeant() {
        // Given
        Attributes attributes =
                new Attributes(
                        "c-1",
                        "/cli",
                        Optional.of(Records.TIMESTAMP),
                        Optional.of(Instant.parse("2027-01-01T00:00:00Z")),
                        Optional.of("run-7"));

        // When
        Command command =
                read(ENCODER.get(attributes, POD, Command.View.MANIFEST, Optional.of(AWAIT)));

        // Then
        assertThat(command)
                .isEqualTo(
                        new Command.GetPod(
                                command.origin(),
                                attributes.expiry(),
                                new PodRef("ml", "train"),
                                Command.View.MANIFEST,
                                Optional.of(AWAIT)));
        assertThat(command.origin().correlationId()).contains("run-7");
    }

    @Test
    void deleteIsReadAsItWasMeant() {
        // Given
        DeleteOptions options =
                new DeleteOptions(
                        Optional.of("u-1"),
                        OptionalLong.of(3),
                        Command.Deletion.FORCED,
                        Command.DeleteEnd.ACCEPTED,
                        Optional.of(Duration.ofMillis(1500)));

        // When
        Command command =
                read(ENCODER.delete(ATTRIBUTES, new Target(Optional.empty(), "train"), options));

        // Then
        assertThat(command)
                .isEqualTo(
                        new Command.DeletePod(
                                command.origin(),
                                Optional.empty(),
                                new PodRef("jobs", "train"),
                                options.uid(),
                                options.gracePeriodSeconds(),
                                options.deletion(),
                                options.await(),
                                options.timeout()));
    }

    @Test
    void logsAreReadAsTheyWereMeant() {
        assertThat(logs(all(new Selection.Default()))).isEqualTo(all(new Selection.Default()));
        assertThat(logs(all(new Selection.Named("c")))).isEqualTo(all(new Selection.Named("c")));
        assertThat(logs(all(new Selection.All()))).isEqualTo(all(new Selection.All()));
    }

    @Test
    void cancelIsReadAsItWasMeant() {
        // Given
        CommandRef target = new CommandRef("/cli", "c-0");

        // When
        Command command = read(ENCODER.cancel(ATTRIBUTES, POD, target));

        // Then
        assertThat(((Command.CancelCommand) command).target()).isEqualTo(target);
    }

    private static LogRequest logs(LogRequest request) {
        return ((Command.ReadLogs) read(ENCODER.logs(ATTRIBUTES, POD, request))).request();
    }

    private static LogRequest all(Selection selection) {
        return new LogRequest(
                selection,
                OptionalLong.of(10),
                Optional.of(Records.TIMESTAMP),
                LogRequest.Follow.YES,
                LogRequest.Timestamps.YES,
                LogRequest.Instance.PREVIOUS,
                OptionalLong.of(1000),
                Optional.of(Duration.ofMinutes(2)));
    }

    private static Command read(byte[] value) {
        return Records.valid(Records.bytes(value));
    }
}
