package io.podwire.cli;

import io.podwire.codec.CommandEncoder;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.Optional;
import java.util.UUID;

/// What all commands that are submitted have in common.
final class SubmitOptions {
    /// The source of commands from here.
    static final String SOURCE = "/podwire/cli";

    @Mixin private SettingsOptions settings = new SettingsOptions();

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

    @Option(
            names = "--dry-run",
            description =
                    "Send nothing: print the record, and the line that would send it with kcat.")
    private boolean dryRun;

    SettingsOptions settings() {
        return settings;
    }

    /// The namespace that was asked for.
    Optional<String> namespace() {
        return namespace;
    }

    /// Whether the command is told who it is, or whom it belongs to.
    boolean nameTheCommand() {
        return id.isPresent() || correlationId.isPresent();
    }

    boolean dry() {
        return dryRun;
    }

    boolean waits() {
        return wait;
    }

    CommandEncoder.Attributes attributes() {
        return new CommandEncoder.Attributes(
                id.orElseGet(() -> UUID.randomUUID().toString()),
                SOURCE,
                Optional.empty(),
                Optional.empty(),
                correlationId);
    }
}
