package io.podwire.audit;

import io.podwire.codec.ReadCommand;
import io.podwire.protocol.RecordRef;

import java.util.Optional;

/// A command without its terminal event so far. Confined to the audit's thread.
final class OpenCommand {
    private final ReadCommand command;
    private Optional<SeenPlace> accepted = Optional.empty();
    private Optional<LogProgress> log = Optional.empty();

    OpenCommand(ReadCommand command) {
        this.command = command;
    }

    ReadCommand command() {
        return command;
    }

    RecordRef in() {
        return command.in();
    }

    /// Where it was told to be accepted, and of which pod.
    Optional<SeenPlace> accepted() {
        return accepted;
    }

    void accept(SeenEvent event) {
        accepted = Optional.of(new SeenPlace(event.at(), event.key()));
    }

    LogProgress log() {
        LogProgress progress = log.orElseGet(LogProgress::new);
        log = Optional.of(progress);
        return progress;
    }

    record SeenPlace(RecordRef at, String key) {}
}
