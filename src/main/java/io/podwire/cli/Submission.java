package io.podwire.cli;

import io.podwire.app.Assembly;
import io.podwire.codec.CommandEncoder;
import io.podwire.codec.EventDecoder;
import io.podwire.codec.ReadEvent;
import io.podwire.config.WorkerSettings;
import io.podwire.kafka.CommandSender;
import io.podwire.kafka.EventReader;
import io.podwire.kafka.EventReader.From;
import io.podwire.kafka.KafkaClients;
import io.podwire.protocol.CommandRef;

import picocli.CommandLine.Model.CommandSpec;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Function;

/// Sends one command, and with `--wait` follows it to its answer.
final class Submission {
    private final SubmitOptions options;
    private final PrintWriter out;
    private final PrintWriter err;

    Submission(SubmitOptions options, CommandSpec spec) {
        this.options = options;
        this.out = spec.commandLine().getOut();
        this.err = spec.commandLine().getErr();
    }

    /// Returns the exit code: that of the answer, or of having sent it.
    ///
    /// @param encode makes the message for the pod
    int send(CommandEncoder.Attributes attributes, Function<CommandEncoder.Target, byte[]> encode)
            throws InterruptedException {
        WorkerSettings settings = options.settings().orDev();
        String namespace =
                options.namespace().or(settings.kubernetes()::namespace).orElse("default");
        byte[] message =
                encode.apply(new CommandEncoder.Target(Optional.of(namespace), options.name()));
        String key = namespace + "/" + options.name();
        KafkaClients clients = new KafkaClients(Assembly.clients(settings));
        String commands = settings.kafka().topics().commands();
        if (!options.waits()) {
            try (CommandSender sender = new CommandSender(clients, commands)) {
                sender.send(key, message);
            }
            out.println(attributes.id());
            return ExitCode.DONE;
        }
        // Opened before the command is sent, so that no event of it can be missed.
        try (EventReader reader =
                        new EventReader(
                                clients, settings.kafka().topics().events(), new From.End());
                CommandSender sender = new CommandSender(clients, commands)) {
            sender.send(key, message);
            return follow(reader, new CommandRef(attributes.source(), attributes.id()));
        }
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
