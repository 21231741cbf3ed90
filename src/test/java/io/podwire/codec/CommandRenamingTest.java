package io.podwire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.protocol.Delivery;
import io.podwire.protocol.Delivery.Header;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

class CommandRenamingTest {
    private final CommandRenaming renaming = new CommandRenaming();

    @Test
    void onlyTheIdOfAStructuredCommandChangesAndTheOldOneBecomesTheCorrelation() {
        // Given
        String before = "{ \"type\" : \"t\",\n\t\"source\":\"/s\", \"id\" : ";
        String after = " ,\"data\":{\"id\":\"inner\",\"n\":1.50e0,\"t\":\"\\u00e9é😀\"}}  ";

        // When
        RenamedCommand renamed = renamed(before + "\"a\\u0062\"" + after, 1);

        // Then
        assertThat(text(renamed))
                .isEqualTo(before + "\"ab~redrive-1\",\"correlationid\":\"ab\"" + after);
        assertThat(renamed.was().id()).isEqualTo("ab");
        assertThat(renamed.id()).isEqualTo("ab~redrive-1");
    }

    /// Longer than a parser reads at once.
    @Test
    void placeOfTheIdIsFoundBehindALongText() {
        // Given
        String before =
                "{\"data\":{\"t\":\"" + "é\\n".repeat(30_000) + "\"},\"source\":\"/s\",\"id\":";

        // When
        RenamedCommand renamed = renamed(before + "\"a\"}", 1);

        // Then
        assertThat(text(renamed)).isEqualTo(before + "\"a~redrive-1\",\"correlationid\":\"a\"}");
    }

    @Test
    void correlationThatIsThereStays() {
        // When
        RenamedCommand renamed =
                renamed("{\"correlationid\":\"mine\",\"source\":\"/s\",\"id\":\"a\"}", 1);

        // Then
        assertThat(text(renamed))
                .isEqualTo("{\"correlationid\":\"mine\",\"source\":\"/s\",\"id\":\"a~redrive-1\"}");
    }

    @Test
    void binaryCommandIsRenamedInItsHeadersAlone() {
        // Given
        byte[] value = "{ \"name\": \"x\" }".getBytes(StandardCharsets.UTF_8);
        Delivery record =
                Records.bytes(
                        value, "other", "1", "ce_id", "a\"b", "ce_source", "/s", "ce_type", "t");

        // When
        RenamedCommand renamed = renaming.renamed(record, 1).orElseThrow();

        // Then
        assertThat(renamed.value()).contains(value);
        assertThat(renamed.headers())
                .extracting(CommandRenamingTest::shown)
                .containsExactly(
                        "other=1",
                        "ce_id=a\"b~redrive-1",
                        "ce_source=/s",
                        "ce_type=t",
                        "ce_correlationid=a\"b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no JSON",
                "{\"source\":\"/s\",\"id\":\"a\",\"data\":{",
                "{\"source\":\"/s\",\"id\":\"a\",\"id\":\"b\"}",
                "{\"source\":\"/s\"}",
                "{\"source\":\"/s\",\"id\":7}"
            })
    void whatNoWorkerRemembersAnIdOfIsNotRenamed(String value) {
        // When
        Optional<RenamedCommand> renamed =
                renaming.renamed(Records.bytes(value.getBytes(StandardCharsets.UTF_8)), 1);

        // Then
        assertThat(renamed).isEmpty();
    }

    @Test
    void renamedCommandIsTheSameCommandToTheWorker() {
        // Given
        Delivery record = Records.bare(Records.createOf());

        // When
        RenamedCommand renamed = renaming.renamed(record, 1).orElseThrow();

        // Then
        var before = (Decoded.Valid) Records.DECODER.decode(record);
        var after =
                (Decoded.Valid)
                        Records.DECODER.decode(Records.bytes(renamed.value().orElseThrow()));
        assertThat(after.command().origin().digest()).isEqualTo(before.command().origin().digest());
        assertThat(after.command().origin().command())
                .isNotEqualTo(before.command().origin().command());
    }

    @Test
    void laterTimeReplacesTheEarlierOneInTheId() {
        // When
        String second = RedriveId.of("a~redrive-1", 2);
        String notOurs = RedriveId.of("a~redrive-7", 1);

        // Then
        assertThat(second).isEqualTo("a~redrive-2");
        assertThat(notOurs).isEqualTo("a~redrive-7~redrive-1");
    }

    @Test
    void idOfAnyLengthStaysWithinTheContract() {
        // Given
        String longest = "x".repeat(127);

        // When
        String first = RedriveId.of(longest + "a", 1);
        String other = RedriveId.of(longest + "b", 1);
        String tenth = RedriveId.of(RedriveId.of(longest + "a", 9), 10);

        // Then
        assertThat(first).matches(Names::isId).endsWith("~redrive-1").isNotEqualTo(other);
        assertThat(tenth)
                .matches(Names::isId)
                .isEqualTo(first.replace("~redrive-1", "~redrive-10"));
    }

    private RenamedCommand renamed(String json, int time) {
        byte[] value = json.getBytes(StandardCharsets.UTF_8);
        return renaming.renamed(Records.bytes(value), time).orElseThrow();
    }

    private static String text(RenamedCommand renamed) {
        return new String(renamed.value().orElseThrow(), StandardCharsets.UTF_8);
    }

    private static String shown(Header header) {
        return header.name()
                + "="
                + new String(header.value().orElseThrow(), StandardCharsets.UTF_8);
    }
}
