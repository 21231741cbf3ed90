package io.podwire.cli;

import io.podwire.codec.JsonText;
import io.podwire.config.Settings;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;

@Command(
        name = "config",
        description = "Shows the settings.",
        mixinStandardHelpOptions = true,
        subcommands = {ConfigCommand.Print.class, ConfigCommand.Docs.class})
final class ConfigCommand {
    @Command(
            name = "print",
            description = "Prints what holds, and which file, variable or option says so.",
            mixinStandardHelpOptions = true)
    static final class Print implements Callable<Integer> {
        @Mixin private SettingsOptions settings = new SettingsOptions();
        @Spec private CommandSpec spec;

        @Option(
                names = {"-o", "--output"},
                paramLabel = "FORM",
                description = "text, or json: one setting a line.")
        private Output output = Output.TEXT;

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            List<Settings.Holding> all = settings.holding();
            switch (output) {
                case TEXT -> print(all, out);
                case JSON -> all.forEach(each -> out.println(json(each)));
            }
            out.flush();
            return ExitCode.DONE;
        }

        private static String json(Settings.Holding each) {
            byte[] json =
                    JsonText.object(
                            line ->
                                    line.field("name", each.name())
                                            .field("text", each.text())
                                            .field("origin", each.origin()));
            return new String(json, StandardCharsets.UTF_8);
        }

        private static void print(List<Settings.Holding> all, PrintWriter out) {
            int width = all.stream().mapToInt(each -> each.name().length()).max().orElse(0);
            for (Settings.Holding each : all) {
                out.printf("%-" + width + "s  %s  (%s)%n", each.name(), each.text(), each.origin());
            }
        }
    }

    @Command(
            name = "docs",
            description = "Prints the reference of all settings, as Markdown.",
            mixinStandardHelpOptions = true)
    static final class Docs implements Callable<Integer> {
        @Spec private CommandSpec spec;

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            SettingsReference.lines().forEach(out::println);
            out.flush();
            return ExitCode.DONE;
        }
    }
}
