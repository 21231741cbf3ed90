package io.podwire.cli;

import io.podwire.http.CannotListen;
import io.podwire.kafka.Redrive;
import io.podwire.kafka.TopicLayout;
import io.podwire.kafka.Transactions;
import io.podwire.kafka.Unanswered;

import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/// The program: finds the command, runs it, and makes an exit code of how it went.
@Command(
        name = "podwire",
        description = "Runs pods from Kafka: commands in, answers, transitions and logs out.",
        mixinStandardHelpOptions = true,
        versionProvider = Podwire.Version.class,
        subcommands = {
            RunCommand.class,
            DevCommand.class,
            SubmitCommand.class,
            ValidateCommand.class,
            EventsCommand.class,
            AuditCommand.class,
            DlqCommand.class,
            TopicsCommand.class,
            ConfigCommand.class,
            VersionCommand.class
        })
public final class Podwire {
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Podwire())
                .addSubcommand("completion", new GenerateCompletion())
                .setExecutionExceptionHandler(new Failures())
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    /// What is expected to go wrong is told in a sentence; a stack trace means a defect of Podwire.
    private static final class Failures implements IExecutionExceptionHandler {
        @Override
        public int handleExecutionException(
                Exception failure, CommandLine command, ParseResult parsed) throws Exception {
            int code =
                    switch (failure) {
                        case Stopped stopped -> stopped.exitCode();
                        case TopicLayout.Flawed _ -> ExitCode.CONFIGURATION;
                        case Transactions.Fenced _ -> ExitCode.FENCED;
                        case Redrive.Superseded _ -> ExitCode.FENCED;
                        case Unanswered _ -> ExitCode.UNAVAILABLE;
                        case CannotListen _ -> ExitCode.UNAVAILABLE;
                        default -> throw failure;
                    };
            command.getErr().println("podwire: " + failure.getMessage());
            return code;
        }
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"podwire " + number()};
        }

        static String number() {
            String version = Podwire.class.getPackage().getImplementationVersion();
            return version == null ? "development" : version;
        }
    }
}
