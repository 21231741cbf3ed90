package io.podwire.cli;

import io.podwire.app.Assembly;
import io.podwire.codec.JsonText;
import io.podwire.config.WorkerSettings;
import io.podwire.kafka.TopicPlan;
import io.podwire.kafka.TopicSetup;

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
        name = "topics",
        description = "Manages the four topics.",
        mixinStandardHelpOptions = true,
        subcommands = {TopicsCommand.Plan.class, TopicsCommand.Apply.class})
final class TopicsCommand {
    static final int PARTITIONS = 6;

    @Command(
            name = "plan",
            description = "Prints which of the four topics are there and which apply would create.",
            mixinStandardHelpOptions = true)
    static final class Plan implements Callable<Integer> {
        @Mixin private SettingsOptions settings = new SettingsOptions();
        @Mixin private Partitions partitions = new Partitions();
        @Spec private CommandSpec spec;

        @Option(
                names = {"-o", "--output"},
                paramLabel = "FORM",
                description = "text, or json: a topic a line.")
        private Output output = Output.TEXT;

        @Override
        public Integer call() throws InterruptedException {
            WorkerSettings loaded = settings.orDev();
            TopicPlan plan =
                    TopicSetup.plan(
                            Assembly.clients(loaded), loaded.kafka().topics(), partitions.count);
            PrintWriter out = spec.commandLine().getOut();
            for (TopicPlan.Step step : plan.steps()) {
                out.println(
                        switch (output) {
                            case TEXT -> text(step);
                            case JSON -> json(step);
                        });
            }
            out.flush();
            if (plan.flaw().isPresent()) {
                throw new Stopped(ExitCode.CONFIGURATION, List.of(plan.flaw().get()));
            }
            return ExitCode.DONE;
        }

        static String text(TopicPlan.Step step) {
            return "%-6s  %s  %d partitions"
                    .formatted(action(step), step.topic(), step.partitions());
        }

        static String json(TopicPlan.Step step) {
            byte[] json =
                    JsonText.object(
                            line ->
                                    line.field("action", action(step))
                                            .field("topic", step.topic())
                                            .field("partitions", step.partitions()));
            return new String(json, StandardCharsets.UTF_8);
        }

        private static String action(TopicPlan.Step step) {
            return step.there() ? "keep" : "create";
        }
    }

    @Command(
            name = "apply",
            description = "Creates those of the four topics that are not there yet.",
            mixinStandardHelpOptions = true)
    static final class Apply implements Callable<Integer> {
        @Mixin private SettingsOptions settings = new SettingsOptions();
        @Mixin private Partitions partitions = new Partitions();
        @Spec private CommandSpec spec;

        @Override
        public Integer call() throws InterruptedException {
            WorkerSettings loaded = settings.orDev();
            List<String> made =
                    TopicSetup.apply(
                            Assembly.clients(loaded), loaded.kafka().topics(), partitions.count);
            PrintWriter out = spec.commandLine().getOut();
            made.forEach(topic -> out.println("created " + topic));
            if (made.isEmpty()) {
                spec.commandLine().getErr().println("all four topics are there already");
            }
            return ExitCode.DONE;
        }
    }

    static final class Partitions {
        @Option(
                names = "--partitions",
                defaultValue = "6",
                description =
                        "Of commands, events and states alike, where none of them is there yet"
                                + " (default: ${DEFAULT-VALUE}).")
        private int count = PARTITIONS;
    }
}
