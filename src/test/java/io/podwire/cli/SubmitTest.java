package io.podwire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// What `submit` makes of its arguments, told without a broker.
class SubmitTest {
    private static final String POD =
            """
            {
              "name": "three",
              "image": "busybox:1.36",
              "resources": {"cpu": 1, "memory": "32Mi"},
              "annotations": {"note": "Grüße, it's 10 $"}
            }
            """;

    @TempDir private Path dir;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "get a --await Ready|io.podwire.pod.get.v1|{\"namespace\":\"default\",\"name\":\"a\","
                        + "\"view\":\"status\",\"await\":{\"state\":\"Ready\",\"timeout\":\"300s\"}}",
                "delete a -n jobs --grace 3|io.podwire.pod.delete.v1|{\"namespace\":\"jobs\","
                        + "\"name\":\"a\",\"gracePeriodSeconds\":3,\"await\":\"Gone\"}",
                "logs a --tail 5|io.podwire.pod.logs.v1|{\"namespace\":\"default\",\"name\":\"a\","
                        + "\"tailLines\":5}",
                "cancel a --command c-0|io.podwire.command.cancel.v1|{\"command\":{\"source\":"
                        + "\"/podwire/cli\",\"id\":\"c-0\"},\"namespace\":\"default\",\"name\":\"a\"}",
                "cancel a --command c-0 --source /me|io.podwire.command.cancel.v1|{\"command\":{"
                        + "\"source\":\"/me\",\"id\":\"c-0\"},\"namespace\":\"default\",\"name\":\"a\"}",
                "create a --image b --cpu 1 -- sh -c it's|io.podwire.pod.create.v1|{\"pod\":{"
                        + "\"namespace\":\"default\",\"name\":\"a\",\"image\":\"b\",\"command\":"
                        + "[\"sh\",\"-c\",\"it's\"],\"resources\":{\"cpu\":\"1\",\"memory\":"
                        + "\"64Mi\"}}}"
            })
    void dryRunShowsTheRecordAndNeedsNoBroker(String line, String type, String data) {
        // When
        Typed shown = dryRun(line.replaceFirst(" ", " --id c-1 "));

        // Then
        String namespace = line.contains("-n jobs") ? "jobs" : "default";
        String value =
                "{\"specversion\":\"1.0\",\"id\":\"c-1\",\"source\":\"/podwire/cli\",\"type\":\"%s\","
                                .formatted(type)
                        + "\"datacontenttype\":\"application/json\",\"data\":%s}".formatted(data);
        assertThat(shown.err()).isEmpty();
        assertThat(shown.exitCode()).isZero();
        assertThat(shown.out().lines())
                .startsWith(
                        "# topic   pod-commands",
                        "# key     " + namespace + "/a",
                        "# header  content-type: application/cloudevents+json; charset=UTF-8",
                        "# value   " + value)
                .hasSize(5)
                .last()
                .asString()
                .startsWith("printf '%s\\n' '" + value.replace("'", "'\\''") + "' | kcat -P -b ")
                .endsWith(" -X partitioner=murmur2_random");
    }

    @Test
    void podOfAFileBecomesACreateInTheNamespaceThatIsAskedFor() throws IOException {
        // Given
        String file = file("pod.json", POD);

        // When
        Typed shown =
                Typed.podwire(
                        "submit", "create", "-f", file, "-n", "jobs", "--await=Ready", "--dry-run");

        // Then
        assertThat(shown.err()).isEmpty();
        assertThat(shown.out())
                .contains("# key     jobs/three\n")
                .contains("\"namespace\":\"jobs\"", "\"state\":\"Ready\"")
                .contains("Gr\\u00fc\\u00dfe");
        assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(shown.out())).isTrue();
    }

    @Test
    void wholeCommandOfAFileIsSentAsItIs() {
        // When
        Typed shown = dryRun("create -f schemas/examples/pod-create.full.json");

        // Then
        assertThat(shown.err()).isEmpty();
        assertThat(shown.out())
                .contains("# key     jobs/train-43\n")
                .contains("\"id\":\"create-train-43\",\"source\":\"/schedulers/nightly\"")
                .contains("\"expirytime\":\"2026-11-25T12:00:00Z\"")
                .contains("\"await\":{\"state\":\"Finished\",\"timeout\":\"6h\"}");
    }

    @Test
    void dashIsStandardInput() {
        // Given
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(POD.getBytes(StandardCharsets.UTF_8)));

        // When
        Typed shown = dryRun("create -f - --set kubernetes.namespace=ml");

        // Then
        System.setIn(before);
        assertThat(shown.err()).isEmpty();
        assertThat(shown.out()).contains("# key     ml/three\n");
    }

    @Test
    void mistakesInAFileAreToldBeforeAnythingIsSent() throws IOException {
        // Given
        String file = file("pod.json", POD.replace("\"image\"", "\"imagee\""));

        // When
        Typed submit = Typed.podwire("submit", "create", "-f", file);

        // Then
        assertThat(submit.exitCode()).isEqualTo(ExitCode.DATA);
        assertThat(submit.out()).isEmpty();
        assertThat(submit.err().lines())
                .containsExactly(
                        "podwire: "
                                + file
                                + ": /imagee: imagee is not a field of the contract; did you mean"
                                + " image?",
                        file + ": /image: image is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cancel Hello --command c-1|/data/name: data.name is not a DNS label",
                "cancel hello --command ''|/data/command/id: data.command.id must be 1 to 128",
                "create hello --image b --cpu lots|/data/pod/resources/cpu: data.pod.resources.cpu",
                "delete hello --grace -1|/data/gracePeriodSeconds: data.gracePeriodSeconds must be at",
                "get hello --id ü|/id: id must be 1 to 128 characters of printable ASCII",
                "create -f schemas/examples/pod-get.json|/type: must be io.podwire.pod.create.v1",
                "create -f nowhere.json|nowhere.json: there is no such file",
                "create -n ml -f schemas/examples/pod-create.full.json|/data/pod/namespace: is not ml"
            })
    void mistakeIsBadDataToldWithItsPlace(String line, String sentence) {
        // When
        Typed submit = Typed.podwire(("submit " + line).replace("''", "").split(" ", -1));

        // Then
        assertThat(submit.exitCode()).isEqualTo(ExitCode.DATA);
        assertThat(submit.err()).startsWith("podwire: ").contains(sentence);
        assertThat(submit.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create",
                "create hello",
                "create --image b",
                "create hello -f schemas/examples/pod-create.json",
                "create -f schemas/examples/pod-create.json --cpu 1",
                "create -f schemas/examples/pod-create.json -- sh",
                "create -f schemas/examples/pod-create.json --id c-1",
                "create -f schemas/examples/pod-create.json --await Ready",
                "logs hello --tail -1",
                "get hello --await Ready --timeout 0s",
                "cancel hello"
            })
    void argumentsThatDoNotGoTogetherAreAMistakeOfUsage(String line) {
        // When
        Typed submit = Typed.podwire(("submit " + line).split(" "));

        // Then
        assertThat(submit.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(submit.err()).isNotBlank();
        assertThat(submit.out()).isEmpty();
    }

    private static Typed dryRun(String line) {
        return Typed.podwire(("submit " + line.replaceFirst(" ", " --dry-run ")).split(" "));
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(dir.resolve(name), text).toString();
    }
}
