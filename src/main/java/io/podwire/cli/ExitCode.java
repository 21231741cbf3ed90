package io.podwire.cli;

/// The exit codes that scripts rely on; the numbers above 63 are those of sysexits.
final class ExitCode {
    static final int DONE = 0;
    static final int NEGATIVE = 1;
    static final int USAGE = 2;
    static final int REJECTED = 3;
    static final int DATA = 65;
    static final int UNAVAILABLE = 69;
    static final int BUG = 70;
    static final int FENCED = 75;
    static final int CONFIGURATION = 78;
    static final int TIMEOUT = 124;

    private ExitCode() {}
}
