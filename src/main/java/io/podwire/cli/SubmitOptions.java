package io.podwire.cli;

import io.podwire.codec.CommandEncoder;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Optional;
import java.util.UUID;

/// What all commands that are submitted have in common.
final class SubmitOptions {
    @Mixin private SettingsOptions settings = new SettingsOptions();

    @Parameters(paramLabel = "NAME", index = "0", description = "The pod's name.")
    private String name = "";

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            description =
                    "The pod's namespace (default: setting kubernetes.namespace, or default).")
    private Optional<String> namespace = Optional.empty();

    @Option(
            names = "--id",
            paramLabel = "ID",
            description =
                    "The command's id; the same id again has no second effect (default: random).")
    private Optional<String> id = Optional.empty();

    @Option(
            names = "--correlation-id",
            paramLabel = "ID",
            description = "Passed through to every event that the command causes.")
    private Optional<String> correlationId = Optional.empty();

    @Option(
            names = {"-w", "--wait"},
            description = "Wait for the answer, and tell what happens meanwhile.")
    private boolean wait;

    SettingsOptions settings() {
        return settings;
    }

    String name() {
        return name;
    }

    Optional<String> namespace() {
        return namespace;
    }

    boolean waits() {
        return wait;
    }

    CommandEncoder.Attributes attributes() {
        return new CommandEncoder.Attributes(
                id.orElseGet(() -> UUID.randomUUID().toString()),
                "/podwire/cli",
                Optional.empty(),
                Optional.empty(),
                correlationId);
    }
}
