package io.podwire.cli;

import io.podwire.config.Loaded;
import io.podwire.config.Requirement;
import io.podwire.config.Settings;
import io.podwire.config.WorkerSettings;

import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The options by which every command takes settings.
final class SettingsOptions {
    /// Where `podwire dev` has its broker.
    static final String DEV_BROKER = "localhost:19092";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings from a .properties file; may be repeated, the later wins.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One setting; may be repeated. Wins over files and PODWIRE_* variables.")
    private List<String> assignments = new ArrayList<>();

    /// Where a pod is that names no namespace, as far as settings tell.
    static String namespace(WorkerSettings loaded) {
        return loaded.kubernetes().namespace().orElse("default");
    }

    /// For commands that a person runs beside dev mode.
    WorkerSettings orDev() {
        return load(Requirement.ANY, List.of()).withDefaultBroker(DEV_BROKER);
    }

    WorkerSettings forRun() {
        return load(Requirement.RUN, List.of());
    }

    /// @param more settings that win over all others
    WorkerSettings with(List<String> more) {
        return load(Requirement.ANY, more);
    }

    /// What holds, once it is known that nothing is wrong with it.
    List<Settings.Holding> holding() {
        var _ = load(Requirement.ANY, List.of());
        return Settings.holding(files, System.getenv(), assignments);
    }

    private WorkerSettings load(Requirement requirement, List<String> more) {
        List<String> all = new ArrayList<>(assignments);
        all.addAll(more);
        return switch (Settings.load(files, System.getenv(), all, requirement)) {
            case Loaded.Good(var settings) -> settings;
            case Loaded.Mistaken(var mistakes) ->
                    throw new Stopped(ExitCode.CONFIGURATION, mistakes);
        };
    }
}
