package io.podwire.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

@Command(
        name = "version",
        description = "Prints the versions of Podwire and of the Java that runs it.",
        mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.println("podwire " + Podwire.Version.number());
        out.println("java " + Runtime.version());
        out.flush();
        return ExitCode.DONE;
    }
}
