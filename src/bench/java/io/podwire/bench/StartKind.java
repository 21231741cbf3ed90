package io.podwire.bench;

import java.nio.file.Path;
import java.util.List;

/// What is started.
enum StartKind {
    WORKER_AOT("worker, AOT cache", true),
    WORKER("worker", true),
    VERSION("podwire version", false),
    VALIDATE("podwire validate FILE", false),
    SUBMIT("podwire submit get NAME --wait", false);

    /// Where the profile `image` lays out what an image has.
    static final Path IMAGE = Path.of("target", "image").toAbsolutePath();

    private final String shown;
    private final boolean worker;

    StartKind(String shown, boolean worker) {
        this.shown = shown;
        this.worker = worker;
    }

    String shown() {
        return shown;
    }

    boolean worker() {
        return worker;
    }

    /// The program and what comes before its command.
    List<String> program() {
        Path app = IMAGE.resolve("app");
        List<String> image =
                List.of(
                        "@" + app.resolve("java.options"),
                        "-jar",
                        app.resolve("podwire.jar").toString());
        return switch (this) {
            case WORKER_AOT ->
                    List.of(
                            IMAGE.resolve("base/usr/local/bin/java").toString(),
                            "-XX:AOTCache=" + app.resolve("podwire.aot"),
                            image.get(0),
                            image.get(1),
                            image.get(2));
            case WORKER ->
                    List.of(
                            IMAGE.resolve("base/usr/local/bin/java").toString(),
                            image.get(0),
                            image.get(1),
                            image.get(2));
            case VERSION, VALIDATE, SUBMIT ->
                    List.of(Path.of("podwire").toAbsolutePath().toString());
        };
    }
}
