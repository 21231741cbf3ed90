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

@Command(
        name = "create",
        description =
                "Asks for a new pod. With --wait and no --await it is answered when the pod has"
                        + " succeeded, or cannot any more.",
        mixinStandardHelpOptions = true)
final class SubmitCreate implements Callable<Integer> {
    @Mixin private SubmitOptions options = new SubmitOptions();
    @Mixin private AwaitOptions await = new AwaitOptions();
    @Spec private CommandSpec spec;

    @Option(names = "--image", paramLabel = "IMAGE", required = true)
    private String image = "";

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
    private Map<String, String> env = new LinkedHashMap<>();

    @Parameters(
            paramLabel = "COMMAND",
            index = "1..*",
            description = "What to run, after a --; default: what the image says.")
    private List<String> command = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        CommandEncoder.Attributes attributes = options.attributes();
        return new Submission(options, spec)
                .send(
                        attributes,
                        pod -> new CommandEncoder().create(attributes, config(pod), wanted()));
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

    private String config(CommandEncoder.Target pod) {
        return PodConfigText.of(pod, image, command).resources(cpu, memory, gpu).env(env).json();
    }
}
