package io.podwire.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImagePatternTest {
    private static final String DIGEST = "sha256:" + "0a".repeat(32);

    @ParameterizedTest
    @CsvSource({
        "busybox,docker.io/library/busybox:latest",
        "busybox:1.36,docker.io/library/busybox:1.36",
        "team/app:2,docker.io/team/app:2",
        "docker.io/busybox,docker.io/library/busybox:latest",
        "index.docker.io/busybox:1,docker.io/library/busybox:1",
        "ghcr.io/team/app,ghcr.io/team/app:latest",
        "registry:5000/app:1,registry:5000/app:1",
        "localhost/app,localhost/app:latest",
        "[::1]:5000/app,[::1]:5000/app:latest",
        "a.example/x/y/z@sha256:ab,a.example/x/y/z@sha256:ab",
        "a.example/x:1@sha256:ab,a.example/x:1@sha256:ab"
    })
    void nameIsToldInFull(String reference, String name) {
        assertThat(ImageName.of(reference)).hasToString(name);
    }

    @ParameterizedTest
    @CsvSource({
        "*,ghcr.io/team/app@sha256:ab",
        "busybox,busybox:1.36",
        "busybox,docker.io/library/busybox",
        "docker.io/library/busybox,busybox",
        "docker.io/library/*,busybox:1.36",
        "docker.io/*,team/app",
        "team/*,docker.io/team/app",
        "registry.example.com/*,registry.example.com/a/b/c:1",
        "registry.example.com/team-*/app,registry.example.com/team-a/app",
        "*.example.com/*,eu.example.com/app",
        "*/library/busybox,mirror.example.com/library/busybox",
        "registry:5000/app,registry:5000/app",
        "registry:*/app,registry:5000/app",
        "busybox:1.*,busybox:1.36",
        "busybox:latest,busybox",
        "busybox@sha256:*,busybox:1.36@sha256:ab",
        "busybox:1.*@sha256:*,busybox:1.36@sha256:ab",
        "busy*:1.36,busybox:1.36"
    })
    void imageOfThePatternMatches(String glob, String image) {
        assertThat(new ImagePattern(glob).matches(ImageName.of(image))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "busybox,busybox2",
        "busybox,evil.example/busybox",
        "busybox,evil/busybox",
        "busybox,mybusybox",
        "docker.io/library/*,team/app",
        "registry.example.com/*,registry.example.com.evil.example/app",
        "registry.example.com/*,evil.example/registry.example.com/app",
        "registry.example.com/*,registry.example.com:5000/app",
        "registry.example.com/*,registryXexample.com/app",
        "*.example.com/*,evil.example/a.example.com/app",
        "*.example.com/app,evil.example/x.example.com/app",
        "*/app,evil.example/x/app2",
        "registry:5000/app,registry:5001/app",
        "busybox:1.36,busybox:1.37",
        "busybox:1.36,busybox",
        "busybox:1.*,busybox:1.36@sha256:ab",
        "busybox@sha256:ab,busybox:1.36",
        "busybox:1.36@sha256:*,busybox@sha256:ab",
        "busybox:1.36@sha256:*,busybox:1.37@sha256:ab",
        "'busybox',''"
    })
    void everyOtherImageDoesNot(String glob, String image) {
        assertThat(new ImagePattern(glob).matches(ImageName.of(image))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a\n",
                "/app",
                "app/",
                "registry.example.com/",
                "a//b",
                "Busybox",
                "busybox:",
                "busybox@",
                "https://registry.example.com/*",
                "busybo?"
            })
    void whatIsNoPatternIsRefusedByName(String glob) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ImagePattern(glob))
                .withMessageContaining(glob);
    }

    @ParameterizedTest
    @ValueSource(strings = {"registry.example.com", "*.example.com:5000", "localhost:5000"})
    void registryAloneIsRefusedWithTheWayToWriteIt(String glob) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ImagePattern(glob))
                .withMessageContaining(glob + "/*");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50})
    void longPatternOnALongNameIsAnsweredAtOnce(int times) {
        // Given
        ImagePattern pattern = new ImagePattern("r.example/" + "*a".repeat(times) + "*b");
        ImageName name = ImageName.of("r.example/" + "a".repeat(200) + "@" + DIGEST);

        // When / Then
        assertThat(pattern.matches(name)).isFalse();
    }
}
