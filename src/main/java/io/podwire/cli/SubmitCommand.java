package io.podwire.cli;

import io.podwire.codec.CommandEncoder;
import io.podwire.codec.CommandEncoder.DeleteOptions;
import io.podwire.protocol.Await;
import io.podwire.protocol.Command.DeleteEnd;
import io.podwire.protocol.Command.Deletion;
import io.podwire.protocol.Command.View;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.LogRequest;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;

@Command(
        name = "submit",
        description = "Sends a command. Prints its id, or with --wait how it goes.",
        mixinStandardHelpOptions = true,
        subcommands = {
            SubmitCreate.class,
            SubmitCommand.Get.class,
            SubmitCommand.Delete.class,
            SubmitCommand.Logs.class,
            SubmitCommand.Cancel.class
        })
final class SubmitCommand {
    @Command(
            name = "get",
            description = "Asks for a pod as it is now.",
            mixinStandardHelpOptions = true)
    static final class Get implements Callable<Integer> {
        @Mixin private SubmitOptions options = new SubmitOptions();
        @Mixin private PodName name = new PodName();
        @Mixin private AwaitOptions await = new AwaitOptions();
        @Spec private CommandSpec spec;

        @Option(names = "--manifest", description = "The whole pod as JSON, not just its status.")
        private boolean manifest;

        @Override
        public Integer call() throws InterruptedException {
            Submission submission = new Submission(options, spec);
            return submission.send(
                    new CommandEncoder()
                            .get(
                                    options.attributes(),
                                    submission.pod(name.text()),
                                    manifest ? View.MANIFEST : View.STATUS,
                                    await.wanted()));
        }
    }

    @Command(
            name = "delete",
            description = "Deletes a pod; answered when it is gone.",
            mixinStandardHelpOptions = true)
    static final class Delete implements Callable<Integer> {
        @Mixin private SubmitOptions options = new SubmitOptions();
        @Mixin private PodName name = new PodName();
        @Spec private CommandSpec spec;

        @Option(
                names = "--grace",
                paramLabel = "SECONDS",
                description = "How long containers have to end (default: as the pod says).")
        private Optional<Long> grace = Optional.empty();

        @Option(
                names = "--force",
                description = "Remove the object at once; the container may still run.")
        private boolean force;

        @Override
        public Integer call() throws InterruptedException {
            Submission submission = new Submission(options, spec);
            DeleteOptions how =
                    new DeleteOptions(
                            Optional.empty(),
                            grace.map(OptionalLong::of).orElseGet(OptionalLong::empty),
                            force ? Deletion.FORCED : Deletion.GRACEFUL,
                            DeleteEnd.GONE,
                            Optional.empty());
            return submission.send(
                    new CommandEncoder()
                            .delete(options.attributes(), submission.pod(name.text()), how));
        }
    }

    @Command(
            name = "logs",
            description = "Asks for a pod's log; with --wait prints it.",
            mixinStandardHelpOptions = true)
    static final class Logs implements Callable<Integer> {
        @Mixin private SubmitOptions options = new SubmitOptions();
        @Mixin private PodName name = new PodName();
        @Spec private CommandSpec spec;

        @Option(
                names = {"-f", "--follow"},
                description = "Until the container has ended for good.")
        private boolean follow;

        @Option(names = "--timestamps", description = "Each line with its time in front.")
        private boolean timestamps;

        @Option(names = "--tail", paramLabel = "LINES", description = "Only that many last lines.")
        private Optional<Long> tail = Optional.empty();

        @Option(
                names = {"-c", "--container"},
                paramLabel = "NAME",
                description = "Of this container (default: the first).")
        private Optional<String> container = Optional.empty();

        @Option(names = "--all-containers", description = "Of all containers.")
        private boolean all;

        @Override
        public Integer call() throws InterruptedException {
            Submission submission = new Submission(options, spec);
            return submission.send(
                    new CommandEncoder()
                            .logs(options.attributes(), submission.pod(name.text()), request()));
        }

        private LogRequest request() {
            if (tail.filter(lines -> lines < 0).isPresent()) {
                throw new Stopped(ExitCode.USAGE, "--tail must not be negative: " + tail.get());
            }
            return new LogRequest(
                    selection(),
                    tail.map(OptionalLong::of).orElseGet(OptionalLong::empty),
                    Optional.empty(),
                    follow ? LogRequest.Follow.YES : LogRequest.Follow.NO,
                    timestamps ? LogRequest.Timestamps.YES : LogRequest.Timestamps.NO,
                    LogRequest.Instance.CURRENT,
                    OptionalLong.empty(),
                    Optional.empty());
        }

        private LogRequest.Selection selection() {
            if (all) {
                return new LogRequest.Selection.All();
            }
            return container
                    .<LogRequest.Selection>map(LogRequest.Selection.Named::new)
                    .orElseGet(LogRequest.Selection.Default::new);
        }
    }

    @Command(
            name = "cancel",
            description = "Ends the await or the log session of an earlier command.",
            mixinStandardHelpOptions = true)
    static final class Cancel implements Callable<Integer> {
        @Mixin private SubmitOptions options = new SubmitOptions();
        @Mixin private PodName name = new PodName();
        @Spec private CommandSpec spec;

        @Option(
                names = "--command",
                paramLabel = "ID",
                required = true,
                description = "The id of the command that is to end.")
        private String command = "";

        @Option(
                names = "--source",
                paramLabel = "SOURCE",
                description =
                        "Its source; default ${DEFAULT-VALUE}, that of what is sent from here.",
                defaultValue = SubmitOptions.SOURCE)
        private String source = SubmitOptions.SOURCE;

        @Override
        public Integer call() throws InterruptedException {
            Submission submission = new Submission(options, spec);
            return submission.send(
                    new CommandEncoder()
                            .cancel(
                                    options.attributes(),
                                    submission.pod(name.text()),
                                    new CommandRef(source, command)));
        }
    }

    /// What to wait for before the answer.
    static final class AwaitOptions {
        @Option(
                names = "--await",
                paramLabel = "STATE",
                description = "Answer when the pod is Running, Ready, Succeeded or Finished.")
        private Optional<Await.State> state = Optional.empty();

        @Option(
                names = "--timeout",
                paramLabel = "DURATION",
                converter = Durations.class,
                description = "How long to await (default: 5m).")
        private Duration timeout = Duration.ofMinutes(5);

        Optional<Await> wanted() {
            if (timeout.isZero()) {
                throw new Stopped(ExitCode.USAGE, "--timeout must be more than nothing");
            }
            return state.map(wanted -> new Await(wanted, timeout));
        }
    }
}
