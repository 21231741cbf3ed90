package io.podwire.cli;

import java.util.List;

/// A command cannot go on; its lines tell a person why, and what to do.
final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    Stopped(int exitCode, String line) {
        super(line, null, false, false);
        this.exitCode = exitCode;
    }

    Stopped(int exitCode, List<String> lines) {
        this(exitCode, String.join(System.lineSeparator(), lines));
    }

    int exitCode() {
        return exitCode;
    }
}
