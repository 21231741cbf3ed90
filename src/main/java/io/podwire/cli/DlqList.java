package io.podwire.cli;

import io.podwire.app.Assembly;
import io.podwire.codec.CommandGlance;
import io.podwire.config.WorkerSettings;
import io.podwire.kafka.DeadLetter.Found;
import io.podwire.kafka.DeadLetterReader;
import io.podwire.kafka.KafkaClients;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

@Command(
        name = "list",
        description = "Prints the dead letters that are there, the oldest first.",
        mixinStandardHelpOptions = true)
final class DlqList implements Callable<Integer> {
    @Mixin private SettingsOptions settings = new SettingsOptions();
    @Mixin private LetterFilter filter = new LetterFilter();
    @Spec private CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "text (a table), or json: an object a line.")
    private Output output = Output.TEXT;

    private long printed;

    @Override
    public Integer call() {
        WorkerSettings loaded = settings.orDev();
        CommandGlance glance = new CommandGlance(SettingsOptions.namespace(loaded));
        try (var reader =
                        new DeadLetterReader(
                                new KafkaClients(Assembly.clients(loaded)),
                                loaded.kafka().topics());
                var progress = ReadingProgress.on(err())) {
            reader.read(
                    filter.since(),
                    found -> {
                        progress.run();
                        tell(found, glance, progress);
                    });
        }
        if (printed == 0) {
            err().println("no dead letters" + (filter.none() ? "" : " of that kind"));
        }
        return ExitCode.DONE;
    }

    private void tell(Found found, CommandGlance glance, ReadingProgress progress) {
        switch (found) {
            case Found.Letter(var letter) -> {
                ReadLetter read = ReadLetter.of(letter, glance);
                if (filter.wants(read)) {
                    progress.wipe();
                    print(read);
                }
            }
            case Found.Stranger(var place, var why) -> {
                progress.wipe();
                err().println("%s is no dead letter: %s".formatted(place, why));
            }
            case Found.Missing _ -> {} // only of places that were asked for
        }
    }

    private void print(ReadLetter read) {
        PrintWriter out = spec.commandLine().getOut();
        switch (output) {
            case TEXT -> {
                if (printed == 0) {
                    out.println(LetterText.HEAD);
                }
                out.println(LetterText.row(read));
            }
            case JSON -> out.println(LetterJson.of(read));
        }
        out.flush();
        printed++;
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
