package io.podwire.cli;

import io.podwire.cli.SubmitCommand.AwaitOptions;
import io.podwire.codec.CommandEncoder;
import io.podwire.codec.PodConfigText;
import io.podwire.protocol.Await;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

@Command(
        name = "create",
        description =
                "Asks for a new pod, of a name and an image or of a file. With --wait and no --await"
                        + " it is answered when the pod has succeeded, or cannot any more.",
        mixinStandardHelpOptions = true)
final class SubmitCreate implements Callable<Integer> {
    @Mixin private SubmitOptions options = new SubmitOptions();
    @Mixin private AwaitOptions await = new AwaitOptions();
    @Spec private CommandSpec spec;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "The pod, or the whole command, in JSON; - is standard input.")
    private Optional<String> file = Optional.empty();

    @Option(names = "--image", paramLabel = "IMAGE")
    private Optional<String> image = Optional.empty();

    @Option(
            names = "--cpu",
            paramLabel = "QUANTITY",
            defaultValue = "100m",
            description = "Limit and request (default: ${DEFAULT-VALUE}).")
    private String cpu = "";

    @Option(
            names = "--memory",
            paramLabel = "QUANTITY",
            defaultValue = "64Mi",
            description = "Limit and request (default: ${DEFAULT-VALUE}).")
    private String memory = "";

    @Option(names = "--gpu", paramLabel = "N", description = "Whole GPUs.")
    private Optional<Integer> gpu = Optional.empty();

    @Option(
            names = {"-e", "--env"},
            paramLabel = "NAME=VALUE",
            description = "A variable; may be repeated.")
    private List<String> env = new ArrayList<>();

    @Parameters(paramLabel = "NAME", index = "0", arity = "0..1", description = "The pod's name.")
    private Optional<String> name = Optional.empty();

    @Parameters(
            paramLabel = "COMMAND",
            index = "1..*",
            description = "What to run, after a --; default: what the image says.")
    private List<String> command = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        boolean described =
                name.isPresent()
                        || Stream.of("--image", "--cpu", "--memory", "--gpu", "--env")
                                .anyMatch(spec.commandLine().getParseResult()::hasMatchedOption);
        if (file.isPresent() == described) {
            throw new Stopped(
                    ExitCode.USAGE,
                    "a pod is told by NAME, --image and what goes with them, or by --file: give one"
                            + " of the two");
        }
        Submission submission = new Submission(options, spec);
        return submission.send(
                file.isPresent() ? ofFile(submission, file.get()) : described(submission));
    }

    private byte[] described(Submission submission) {
        CommandEncoder.Target pod = submission.pod(required("NAME", name));
        String config =
                PodConfigText.of(pod, required("--image", image), command)
                        .resources(cpu, memory, gpu)
                        .env(variables())
                        .json();
        return new CommandEncoder().create(options.attributes(), config, wanted());
    }

    /// Picocli's own map would repeat what is no NAME=VALUE, which may be a password without its name.
    private Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String variable : env) {
            int end = variable.indexOf('=');
            if (end < 1) {
                throw new Stopped(
                        ExitCode.USAGE, "--env takes NAME=VALUE; one of them has no name or no =");
            }
            variables.put(variable.substring(0, end), variable.substring(end + 1));
        }
        return variables;
    }

    private static String required(String what, Optional<String> value) {
        return value.orElseThrow(() -> new Stopped(ExitCode.USAGE, what + " is missing"));
    }

    private byte[] ofFile(Submission submission, String path) {
        CreateFile create = CreateFile.read(path, submission);
        if (!create.isCommand()) {
            return create.message(options.attributes(), wanted());
        }
        if (options.nameTheCommand() || await.wanted().isPresent()) {
            throw new Stopped(
                    ExitCode.USAGE,
                    path + " is a whole command: --id, --correlation-id and --await stand in it");
        }
        return create.message();
    }

    private Optional<Await> wanted() {
        return await.wanted()
                .or(
                        () ->
                                options.waits()
                                        ? Optional.of(
                                                new Await(
                                                        Await.State.SUCCEEDED,
                                                        Duration.ofHours(24)))
                                        : Optional.empty());
    }
}
