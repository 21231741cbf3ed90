package io.podwire.cli;

import io.podwire.app.Assembly;
import io.podwire.codec.CommandGlance;
import io.podwire.config.WorkerSettings;
import io.podwire.kafka.DeadLetterReader;
import io.podwire.kafka.KafkaClients;
import io.podwire.kafka.Redrive;
import io.podwire.kafka.RedriveOutcome;
import io.podwire.kafka.RedriveRules;
import io.podwire.kafka.RedriveRules.Deed;
import io.podwire.kafka.RedriveRules.Ids;
import io.podwire.kafka.RedriveRules.Repeats;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

@Command(
        name = "redrive",
        description = {
            "Sends the records of dead letters to their topic again, each once; what was killed"
                    + " goes on where it was.",
            "A command that could be read gets a new id (ID~redrive-1), as its own has had its"
                    + " answer; correlationid keeps the old one where there was none."
        },
        mixinStandardHelpOptions = true)
final class DlqRedrive implements Callable<Integer> {
    private static final int MAX_TIMES = 3;

    @Mixin private SettingsOptions settings = new SettingsOptions();
    @Mixin private LetterFilter filter = new LetterFilter();
    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "PARTITION:OFFSET",
            arity = "0..*",
            converter = LetterPlace.Converter.class,
            description = "Only these letters.")
    private List<LetterPlace> places = new ArrayList<>();

    @Option(names = "--all", description = "All letters that were not redriven yet.")
    private boolean all;

    @Option(names = "--dry-run", description = "Send nothing: print what would be done.")
    private boolean dryRun;

    @Option(
            names = "--same-id",
            description =
                    "Leave the id as it is. Within ids.window of its answer the worker then says"
                            + " duplicate, and does nothing.")
    private boolean sameId;

    @Option(
            names = "--max-times",
            paramLabel = "TIMES",
            defaultValue = "3",
            description =
                    "Leave records that were redriven that often (default: ${DEFAULT-VALUE}).")
    private int maxTimes = MAX_TIMES;

    @Option(
            names = "--again",
            description = "With PARTITION:OFFSET: also where it has been redriven.")
    private boolean again;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "text, or json: an object a letter.")
    private Output output = Output.TEXT;

    private final RedriveTally tally = new RedriveTally();

    @Override
    public Integer call() {
        check();
        WorkerSettings loaded = settings.orDev();
        CommandGlance glance = new CommandGlance(SettingsOptions.namespace(loaded));
        PrintWriter err = spec.commandLine().getErr();
        try (var reader =
                        new DeadLetterReader(
                                new KafkaClients(Assembly.clients(loaded)),
                                loaded.kafka().topics());
                var progress = ReadingProgress.on(err);
                var redrive =
                        Redrive.begin(
                                reader,
                                rules(),
                                outcome -> {
                                    progress.wipe();
                                    tell(outcome);
                                })) {
            if (places.isEmpty()) {
                redrive.all(
                        filter.since(),
                        letter -> filter.wants(ReadLetter.of(letter, glance)),
                        progress);
            } else {
                places.forEach(place -> redrive.one(place.partition(), place.offset()));
            }
        }
        err.println(tally.sentence(deed()));
        return tally.clean() ? ExitCode.DONE : ExitCode.NEGATIVE;
    }

    private void check() {
        if (places.isEmpty() && filter.none() && !all) {
            throw usage(
                    "which letters? Name them (PARTITION:OFFSET), choose them with --since,"
                            + " --reason or --pod, or say --all; --dry-run shows what would be done");
        }
        if (!places.isEmpty() && (all || !filter.none())) {
            throw usage("PARTITION:OFFSET says which letters: leave out --all and the filters");
        }
        if (all && !filter.none()) {
            throw usage("--all is all letters: leave it out, or the filters");
        }
        if (again && places.isEmpty()) {
            throw usage("--again needs PARTITION:OFFSET");
        }
        if (maxTimes < 1) {
            throw usage("--max-times must be at least 1: " + maxTimes);
        }
    }

    private ParameterException usage(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    private RedriveRules rules() {
        return new RedriveRules(
                maxTimes, sameId ? Ids.SAME : Ids.NEW, again ? Repeats.SENT : Repeats.LEFT, deed());
    }

    private Deed deed() {
        return dryRun ? Deed.TELL : Deed.SEND;
    }

    private void tell(RedriveOutcome outcome) {
        tally.add(outcome);
        if (places.isEmpty() && outcome instanceof RedriveOutcome.Before) {
            return; // that is what going on means
        }
        PrintWriter out = spec.commandLine().getOut();
        switch (output) {
            case TEXT ->
                    out.println(
                            LetterText.of(
                                    outcome, deed() == Deed.TELL ? "would redrive" : "redriven"));
            case JSON -> out.println(LetterJson.of(outcome));
        }
        out.flush();
    }
}
