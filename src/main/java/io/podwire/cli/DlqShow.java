package io.podwire.cli;

import io.podwire.app.Assembly;
import io.podwire.codec.CommandGlance;
import io.podwire.config.WorkerSettings;
import io.podwire.kafka.DeadLetter;
import io.podwire.kafka.DeadLetter.Found;
import io.podwire.kafka.DeadLetterReader;
import io.podwire.kafka.DeadLetterReader.Original;
import io.podwire.kafka.KafkaClients;
import io.podwire.protocol.Delivery;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Callable;

@Command(
        name = "show",
        description = "Prints all of a dead letter: why its record was refused, and the record.",
        mixinStandardHelpOptions = true)
final class DlqShow implements Callable<Integer> {
    @Mixin private SettingsOptions settings = new SettingsOptions();
    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "PARTITION:OFFSET",
            converter = LetterPlace.Converter.class,
            description = "Where the letter is, as podwire dlq list shows it.")
    private LetterPlace place = new LetterPlace(0, 0);

    @Option(
            names = "--value",
            description = "Only the record's value, byte by byte, to be mended and sent again.")
    private boolean valueOnly;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "text, or json: one object.")
    private Output output = Output.TEXT;

    @Override
    public Integer call() {
        WorkerSettings loaded = settings.orDev();
        try (var reader =
                new DeadLetterReader(
                        new KafkaClients(Assembly.clients(loaded)), loaded.kafka().topics())) {
            DeadLetter letter = found(reader.find(place.partition(), place.offset()));
            Original original = reader.original(letter);
            if (valueOnly) {
                return writeValue(original);
            }
            CommandGlance glance = new CommandGlance(SettingsOptions.namespace(loaded));
            print(letter, original, glance);
        }
        return ExitCode.DONE;
    }

    private DeadLetter found(Found found) {
        return switch (found) {
            case Found.Letter(var letter) -> letter;
            case Found.Stranger(var at, var why) ->
                    throw new Stopped(
                            ExitCode.NEGATIVE, "%s is no dead letter: %s".formatted(at, why));
            case Found.Missing(var at, var why) ->
                    throw new Stopped(
                            ExitCode.NEGATIVE,
                            "there is no dead letter %s: %s; podwire dlq list shows which there are"
                                    .formatted(at, why));
        };
    }

    private int writeValue(Original original) {
        return switch (original) {
            case Original.Lost(var why) ->
                    throw new Stopped(ExitCode.NEGATIVE, "the record is not kept: " + why);
            case Original.Kept(var record) -> {
                byte[] value =
                        record.value()
                                .orElseThrow(
                                        () ->
                                                new Stopped(
                                                        ExitCode.NEGATIVE,
                                                        "the record has no value"));
                // As it is: no characters are made of it.
                System.out.write(value, 0, value.length);
                System.out.flush();
                yield ExitCode.DONE;
            }
        };
    }

    private void print(DeadLetter letter, Original original, CommandGlance glance) {
        PrintWriter out = spec.commandLine().getOut();
        Optional<Delivery> record =
                switch (original) {
                    case Original.Kept(var kept) -> Optional.of(kept);
                    case Original.Lost _ -> Optional.empty();
                };
        ReadLetter read = new ReadLetter(letter, glance.read(record.orElseGet(letter::record)));
        switch (output) {
            case JSON -> out.println(LetterJson.of(read, record.orElseGet(letter::record)));
            case TEXT -> {
                LetterText.whole(read, record).forEach(out::println);
                out.println(value(letter, original));
            }
        }
        out.flush();
    }

    private static String value(DeadLetter letter, Original original) {
        return switch (original) {
            case Original.Lost(var why) -> "the record is not in the letter, and not kept: " + why;
            case Original.Kept(var record) ->
                    record.value().map(DlqShow::value).orElse("value     none")
                            + (letter.omittedBytes().isPresent()
                                    ? "\n(the letter has only the place; this is from there)"
                                    : "");
        };
    }

    private static String value(byte[] value) {
        return ReadLetter.text(value)
                .map(text -> "value     %d bytes%n%s".formatted(value.length, visible(text)))
                .orElseGet(
                        () ->
                                "value     %d bytes, no UTF-8; in base64:%n%s"
                                        .formatted(
                                                value.length,
                                                Base64.getEncoder().encodeToString(value)));
    }

    private static String visible(String text) {
        return String.join("\n", text.lines().map(ReadLetter::oneLine).toList());
    }
}
