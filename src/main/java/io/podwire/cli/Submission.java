package io.podwire.cli;

import io.podwire.app.Assembly;
import io.podwire.codec.CommandEncoder;
import io.podwire.codec.Draft;
import io.podwire.codec.EventDecoder;
import io.podwire.codec.Proofreader;
import io.podwire.codec.ReadEvent;
import io.podwire.config.WorkerSettings;
import io.podwire.kafka.CommandSender;
import io.podwire.kafka.EventReader;
import io.podwire.kafka.EventReader.From;
import io.podwire.kafka.KafkaClients;
import io.podwire.protocol.CommandError;
import io.podwire.protocol.CommandRef;

import picocli.CommandLine.Model.CommandSpec;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Sends one command, and with `--wait` follows it to its answer; with `--dry-run` only shows it.
final class Submission {
    private final SubmitOptions options;
    private final WorkerSettings settings;
    private final Proofreader proofreader;
    private final PrintWriter out;
    private final PrintWriter err;

    Submission(SubmitOptions options, CommandSpec spec) {
        this.options = options;
        this.settings = options.settings().orDev();
        this.proofreader = new Proofreader(namespace());
        this.out = spec.commandLine().getOut();
        this.err = spec.commandLine().getErr();
    }

    /// Where a pod is that names no namespace itself.
    String namespace() {
        return options.namespace().orElseGet(() -> SettingsOptions.namespace(settings));
    }

    Optional<String> askedNamespace() {
        return options.namespace();
    }

    CommandEncoder.Target pod(String name) {
        return new CommandEncoder.Target(Optional.of(namespace()), name);
    }

    /// Everything that is wrong with a draft.
    List<CommandError> errors(Draft draft) {
        return proofreader.errors(draft);
    }

    /// Returns the exit code: that of the answer, or of having sent it.
    ///
    /// @param message names the namespace of its pod
    /// @throws Stopped where the worker could not take it in; nothing was sent then
    int send(byte[] message) throws InterruptedException {
        Draft draft = good(Draft.of(message));
        if (options.dry()) {
            return show(draft);
        }
        KafkaClients clients = new KafkaClients(Assembly.clients(settings));
        try (CommandSender sender =
                new CommandSender(clients, settings.kafka().topics().commands())) {
            return options.waits() ? follow(sender, clients, draft) : leave(sender, draft);
        }
    }

    private Draft good(Draft draft) {
        List<CommandError> errors = errors(draft);
        if (!errors.isEmpty()) {
            throw new Stopped(ExitCode.DATA, errors.stream().map(Submission::line).toList());
        }
        return draft;
    }

    private static String line(CommandError error) {
        return error.pointer().map(pointer -> pointer + ": ").orElse("") + error.message();
    }

    private int show(Draft draft) {
        new RecordScript(
                        settings.kafka().bootstrapServers().orElseThrow(),
                        settings.kafka().topics().commands(),
                        draft.pod().key(),
                        CommandEncoder.HEADERS,
                        new String(draft.value(), StandardCharsets.US_ASCII))
                .lines()
                .forEach(out::println);
        return ExitCode.DONE;
    }

    private int leave(CommandSender sender, Draft draft) throws InterruptedException {
        send(sender, draft);
        out.println(draft.command().id());
        return ExitCode.DONE;
    }

    private int follow(CommandSender sender, KafkaClients clients, Draft draft)
            throws InterruptedException {
        // Opened before the command is sent, so that no event of it can be missed.
        try (EventReader reader =
                new EventReader(clients, settings.kafka().topics().events(), new From.End())) {
            send(sender, draft);
            return follow(reader, draft.command());
        }
    }

    private static void send(CommandSender sender, Draft draft) throws InterruptedException {
        sender.send(draft.pod().key(), CommandEncoder.HEADERS, draft.value());
    }

    private int follow(EventReader reader, CommandRef command) {
        EventDecoder decoder = new EventDecoder();
        while (true) {
            for (byte[] value : reader.next()) {
                Optional<ReadEvent> event =
                        decoder.decode(value)
                                .filter(e -> e.cause().filter(command::equals).isPresent());
                event.ifPresent(this::tell);
                if (event.filter(ReadEvent::terminal).isPresent()) {
                    return exitCode(event.get());
                }
            }
        }
    }

    /// Log text is data; everything else is talk.
    private void tell(ReadEvent event) {
        switch (event.body()) {
            case ReadEvent.Chunk chunk -> {
                out.print(chunk.text());
                out.flush();
            }
            case ReadEvent.Succeeded(_, _, var manifest, _, _, _) when manifest.isPresent() ->
                    out.println(manifest.get());
            case ReadEvent.Accepted _,
                    ReadEvent.Succeeded _,
                    ReadEvent.Failed _,
                    ReadEvent.Rejected _,
                    ReadEvent.Duplicate _,
                    ReadEvent.Transition _,
                    ReadEvent.Gap _,
                    ReadEvent.Other _ -> {
                err.println(EventLine.of(event));
                err.flush();
            }
        }
    }

    private static int exitCode(ReadEvent answer) {
        return switch (answer.body()) {
            case ReadEvent.Succeeded _, ReadEvent.Duplicate _ -> ExitCode.DONE;
            case ReadEvent.Rejected _ -> ExitCode.REJECTED;
            case ReadEvent.Failed _,
                    ReadEvent.Accepted _,
                    ReadEvent.Transition _,
                    ReadEvent.Chunk _,
                    ReadEvent.Gap _,
                    ReadEvent.Other _ ->
                    ExitCode.NEGATIVE;
        };
    }
}
