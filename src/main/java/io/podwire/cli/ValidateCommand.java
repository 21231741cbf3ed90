package io.podwire.cli;

import io.podwire.codec.Draft;
import io.podwire.codec.FileFinding;
import io.podwire.codec.Proofreader;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

@Command(
        name = "validate",
        description =
                "Checks commands and PodConfigs in JSON files as the worker would, and prints what is"
                        + " wrong with them.",
        mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
    @Mixin private SettingsOptions settings = new SettingsOptions();
    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "A whole command, or a PodConfig alone; - is standard input.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "text (FILE: POINTER: SENTENCE), or json: one finding a line.")
    private Output output = Output.TEXT;

    @Override
    public Integer call() {
        Proofreader proofreader = new Proofreader(SettingsOptions.namespace(settings.orDev()));
        PrintWriter out = spec.commandLine().getOut();
        List<FileFinding> findings =
                files.stream().flatMap(file -> findings(file, proofreader).stream()).toList();
        for (FileFinding finding : findings) {
            switch (output) {
                case TEXT -> out.println(finding.text());
                case JSON -> out.println(finding.json());
            }
        }
        return findings.isEmpty() ? ExitCode.DONE : ExitCode.DATA;
    }

    private static List<FileFinding> findings(String file, Proofreader proofreader) {
        return switch (new InputFile(file).read()) {
            case InputFile.Content.Text(var bytes) ->
                    proofreader.errors(Draft.of(bytes)).stream()
                            .map(error -> FileFinding.of(file, error))
                            .toList();
            case InputFile.Content.Unreadable(var sentence) ->
                    List.of(FileFinding.unreadable(file, sentence));
        };
    }
}
