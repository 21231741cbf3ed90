package io.podwire.cli;

import io.podwire.app.Assembly;
import io.podwire.audit.Audit;
import io.podwire.audit.AuditRange;
import io.podwire.audit.AuditSummary;
import io.podwire.audit.Finding;
import io.podwire.audit.Timeline;
import io.podwire.config.WorkerSettings;
import io.podwire.kafka.HistoryReader;
import io.podwire.kafka.KafkaClients;
import io.podwire.protocol.PodRef;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;

@Command(
        name = "audit",
        description = {
            "Proves from the topics alone that every command was answered once and every pod's story"
                    + " is whole, or finds where it was not (exit code 1).",
            "With --pod, tells instead what was known of that pod.",
            "Takes the worker's settings; group.id and ids.window count."
        },
        mixinStandardHelpOptions = true)
final class AuditCommand implements Callable<Integer> {
    @Mixin private SettingsOptions settings = new SettingsOptions();
    @Spec private CommandSpec spec;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = Moments.class,
            description =
                    "Only commands sent at that time or later: 2026-11-27T10:41:34Z, or 2h for two"
                            + " hours ago.")
    private Optional<Instant> from = Optional.empty();

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = Moments.class,
            description = "Only commands sent before that time.")
    private Optional<Instant> to = Optional.empty();

    @Option(
            names = "--pod",
            paramLabel = "NAMESPACE/NAME",
            converter = PodRefs.class,
            description = "Tell what was known of this pod.")
    private Optional<PodRef> pod = Optional.empty();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = Moments.class,
            description = "With --pod: what was known at that time.")
    private Optional<Instant> at = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "text, or json: an object a line, the last one sums up.")
    private Output output = Output.TEXT;

    @Override
    public Integer call() throws InterruptedException {
        check();
        WorkerSettings loaded = settings.orDev();
        PrintWriter err = spec.commandLine().getErr();
        try (var reader =
                        new HistoryReader(
                                new KafkaClients(Assembly.clients(loaded)),
                                loaded.kafka().topics());
                var progress = ReadingProgress.on(err)) {
            AuditRange range = reader.begin(from, to);
            return pod.isPresent()
                    ? replay(reader, progress, pod.get(), SettingsOptions.namespace(loaded))
                    : prove(reader, progress, range, loaded);
        }
    }

    private void check() {
        if (at.isPresent() && pod.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--at needs --pod");
        }
        if (from.isPresent() && to.filter(end -> !end.isAfter(from.get())).isPresent()) {
            throw new ParameterException(spec.commandLine(), "--to must be after --from");
        }
    }

    private int prove(
            HistoryReader reader,
            ReadingProgress progress,
            AuditRange range,
            WorkerSettings loaded) {
        Audit audit =
                new Audit(
                        range,
                        SettingsOptions.namespace(loaded),
                        loaded.times().ids(),
                        finding -> {
                            progress.wipe();
                            print(finding);
                        });
        reader.read(audit, progress);
        audit.close();
        reader.readLater(audit);
        AuditSummary summary = audit.finish();
        progress.wipe();
        print(summary, loaded);
        return summary.clean() ? ExitCode.DONE : ExitCode.NEGATIVE;
    }

    private void print(Finding finding) {
        out(
                switch (output) {
                    case TEXT -> AuditText.of(finding);
                    case JSON -> finding.json();
                });
    }

    private void print(AuditSummary summary, WorkerSettings loaded) {
        switch (output) {
            case TEXT -> AuditText.of(summary, loaded.kafka().topics()).forEach(this::out);
            case JSON -> out(summary.json());
        }
    }

    private int replay(
            HistoryReader reader, ReadingProgress progress, PodRef wanted, String namespace) {
        Timeline timeline = new Timeline(namespace, wanted, at);
        reader.read(timeline, progress);
        progress.wipe();
        if (timeline.entries().isEmpty()) {
            throw new Stopped(
                    ExitCode.NEGATIVE,
                    "the topics tell nothing of %s%s; podwire events shows whom they tell of"
                            .formatted(wanted, at.map(time -> " at " + time).orElse("")));
        }
        switch (output) {
            case TEXT -> TimelineText.of(timeline).forEach(this::out);
            case JSON -> timeline.entries().forEach(entry -> out(entry.json()));
        }
        return ExitCode.DONE;
    }

    private void out(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
