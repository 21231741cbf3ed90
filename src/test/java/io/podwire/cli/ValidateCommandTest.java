package io.podwire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

class ValidateCommandTest {
    private static final String POD =
            """
            {"name": "three", "image": "busybox:1.36", "resources": {"cpu": 1, "memory": "32Mi"}}
            """;

    @TempDir private Path dir;

    @ParameterizedTest
    @ValueSource(
            strings = {"pod-create", "pod-create.full", "pod-get", "pod-logs", "command-cancel"})
    void goodCommandIsPassedInSilence(String example) {
        // When
        Typed validate = Typed.podwire("validate", "schemas/examples/" + example + ".json");

        // Then
        assertThat(validate).isEqualTo(new Typed(ExitCode.DONE, "", ""));
    }

    @Test
    void everythingWrongWithEveryFileIsToldALineEach() throws IOException {
        // Given
        String command = Files.readString(Path.of("schemas/examples/pod-create.json"));
        Path bad =
                file("bad.json", command.replace("\"image\"", "\"imagee\"").replace("1.0", "0.3"));
        Path pod = file("pod.json", POD.replace("32Mi", "32").replace("busybox", "BusyBox"));
        Path good = file("good.json", POD);

        // When
        Typed validate = Typed.podwire("validate", bad.toString(), pod.toString(), good.toString());

        // Then
        assertThat(validate.exitCode()).isEqualTo(ExitCode.DATA);
        assertThat(validate.err()).isEmpty();
        assertThat(validate.out().lines())
                .containsExactly(
                        bad + ": /specversion: specversion must be 1.0 (of CloudEvents)",
                        bad
                                + ": /data/pod/imagee: data.pod.imagee is not a field of the"
                                + " contract; did you mean image?",
                        bad + ": /data/pod/image: data.pod.image is missing",
                        pod
                                + ": /resources/memory: resources.memory has no unit: write \"32Mi\""
                                + " for MiB, or \"32e0\" if you mean bytes");
    }

    @Test
    void whatASchemaCannotSayOfAPodIsToldToo() throws IOException {
        // Given
        Path pod = file("pod.json", POD.replace("busybox", "BusyBox").replace("1,", "\"0\","));

        // When
        Typed validate = Typed.podwire("validate", pod.toString());

        // Then
        assertThat(validate.out().lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith(pod + ": /image: image is not an image"))
                .anyMatch(line -> line.startsWith(pod + ": /resources/cpu: resources.cpu must"));
    }

    @Test
    void hundredsOfMistakesAreAllTold() throws IOException {
        // Given
        StringBuilder fields = new StringBuilder("{");
        for (int i = 0; i < 300; i++) {
            fields.append("\"unknownField%d\": 1, ".formatted(i));
        }
        Path pod = file("pod.json", POD.replaceFirst("\\{", fields.toString()));

        // When
        Typed validate = Typed.podwire("validate", pod.toString());

        // Then
        assertThat(validate.out().lines()).hasSize(300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "[]", "{\"name\":", "null", "{} {}"})
    void whatIsNoJsonObjectIsToldByItsFile(String text) throws IOException {
        // Given
        Path file = file("x.json", text);

        // When
        Typed validate = Typed.podwire("validate", file.toString());

        // Then
        assertThat(validate.exitCode()).isEqualTo(ExitCode.DATA);
        assertThat(validate.out().lines()).hasSize(1);
        assertThat(validate.out()).startsWith(file + ": ").doesNotContain(": : ");
    }

    @Test
    void dashIsStandardInput() {
        // Given
        InputStream before = System.in;
        String text = POD.replace("image", "imgae");
        System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));

        // When
        Typed validate = Typed.podwire("validate", "-");

        // Then
        System.setIn(before);
        assertThat(validate.exitCode()).isEqualTo(ExitCode.DATA);
        assertThat(validate.out())
                .startsWith("-: /imgae: imgae is not a field of the contract; did you mean image?");
    }

    @Test
    void fileThatCannotBeReadIsToldAndTheOthersAreReadAllTheSame() throws IOException {
        // Given
        Path missing = dir.resolve("missing.json");
        Path bad = file("bad.json", "[]");

        // When
        Typed validate =
                Typed.podwire("validate", missing.toString(), dir.toString(), bad.toString());

        // Then
        assertThat(validate.exitCode()).isEqualTo(ExitCode.DATA);
        assertThat(validate.out().lines())
                .containsExactly(
                        missing + ": there is no such file",
                        dir + ": cannot be read: Is a directory",
                        bad + ": must be a JSON object");
    }

    @Test
    void jsonIsForScripts() throws IOException {
        // Given
        Path pod = file("pod.json", POD.replace("\"image\"", "\"imagee\""));

        // When
        Typed validate = Typed.podwire("validate", "-o", "json", pod.toString(), "nowhere");

        // Then
        assertThat(validate.out().lines())
                .containsExactly(
                        ("{\"file\":\"%s\",\"pointer\":\"/imagee\",\"code\":\"COMMAND_INVALID\","
                                        + "\"reason\":\"UNKNOWN_FIELD\",\"message\":\"imagee is not a"
                                        + " field of the contract; did you mean image?\"}")
                                .formatted(pod),
                        ("{\"file\":\"%s\",\"pointer\":\"/image\",\"code\":\"COMMAND_INVALID\","
                                        + "\"reason\":\"SCHEMA\",\"message\":\"image is missing\"}")
                                .formatted(pod),
                        "{\"file\":\"nowhere\",\"message\":\"there is no such file\"}");
    }

    @Test
    void subjectIsHeldAgainstTheNamespaceThatIsSet() throws IOException {
        // Given
        String get =
                """
                {"specversion": "1.0", "id": "1", "source": "/me", "type": "io.podwire.pod.get.v1",
                 "subject": "jobs/three", "data": {"name": "three"}}
                """;
        String file = file("get.json", get).toString();

        // When
        Typed elsewhere = Typed.podwire("validate", file);
        Typed there = Typed.podwire("validate", file, "--set", "kubernetes.namespace=jobs");

        // Then
        assertThat(elsewhere.out()).contains("/subject: ", "default/three");
        assertThat(there).isEqualTo(new Typed(ExitCode.DONE, "", ""));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(dir.resolve(name), text);
    }
}
