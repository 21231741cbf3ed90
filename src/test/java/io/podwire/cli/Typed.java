package io.podwire.cli;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;

/// A command line as typed, and what came of it.
public record Typed(int exitCode, String out, String err) {
    /// Runs it in this process.
    public static Typed podwire(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line =
                Podwire.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
        int exitCode = line.execute(arguments);
        return new Typed(exitCode, out.toString(), err.toString());
    }
}
