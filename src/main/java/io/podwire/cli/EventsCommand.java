package io.podwire.cli;

import io.podwire.app.Assembly;
import io.podwire.codec.EventDecoder;
import io.podwire.codec.ReadEvent;
import io.podwire.config.WorkerSettings;
import io.podwire.kafka.EventReader;
import io.podwire.kafka.EventReader.From;
import io.podwire.kafka.KafkaClients;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;

@Command(
        name = "events",
        description = "Prints events: those that are there, or with --follow also those to come.",
        mixinStandardHelpOptions = true)
final class EventsCommand implements Callable<Integer> {
    @Mixin private SettingsOptions settings = new SettingsOptions();
    @Spec private CommandSpec spec;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until Ctrl-C.")
    private boolean follow;

    @Option(names = "--pod", paramLabel = "NAMESPACE/NAME", description = "Only of this pod.")
    private Optional<String> pod = Optional.empty();

    @Option(names = "--command", paramLabel = "ID", description = "Only what this command caused.")
    private Optional<String> command = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "DURATION",
            converter = Durations.class,
            description = "Only what was published in that time, for example 10m.")
    private Optional<Duration> since = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "text, or json: one event a line, as it was published.")
    private Output output = Output.TEXT;

    @Override
    public Integer call() {
        WorkerSettings loaded = settings.orDev();
        EventDecoder decoder = new EventDecoder();
        PrintWriter out = spec.commandLine().getOut();
        try (EventReader reader =
                new EventReader(
                        new KafkaClients(Assembly.clients(loaded)),
                        loaded.kafka().topics().events(),
                        from())) {
            while (follow || !reader.atEnd()) {
                for (byte[] value : reader.next()) {
                    decoder.decode(value).filter(this::wanted).ifPresent(e -> print(out, e));
                }
                out.flush();
            }
        }
        return ExitCode.DONE;
    }

    private From from() {
        return since.<From>map(time -> new From.Since(Instant.now().minus(time)))
                .orElseGet(From.Beginning::new);
    }

    private boolean wanted(ReadEvent event) {
        return pod.map(key -> event.subject().filter(key::equals).isPresent()).orElse(true)
                && command.map(id -> event.cause().filter(c -> c.id().equals(id)).isPresent())
                        .orElse(true);
    }

    private void print(PrintWriter out, ReadEvent event) {
        switch (output) {
            case TEXT -> out.println(EventLine.of(event));
            case JSON -> out.println(event.json());
        }
    }
}
