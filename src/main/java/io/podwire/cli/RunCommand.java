package io.podwire.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

@Command(
        name = "run",
        description = "Runs the worker until it is told to end.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Mixin private SettingsOptions settings = new SettingsOptions();

    @Override
    public Integer call() throws InterruptedException {
        WorkerProcess.run(settings.forRun());
        return ExitCode.DONE;
    }
}
