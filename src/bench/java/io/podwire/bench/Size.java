package io.podwire.bench;

/// How much is measured.
enum Size {
    /// For trying the benchmarks; its figures say little.
    QUICK(1, 12_000, 4),
    FULL(3, 100_000, 10);

    private final int rounds;
    private final int commands;
    private final int seconds;

    Size(int rounds, int commands, int seconds) {
        this.rounds = rounds;
        this.commands = commands;
        this.seconds = seconds;
    }

    /// Of every arm.
    Rounds rounds() {
        return new Rounds(rounds);
    }

    /// Of a run of the engine, the first of which warm it up.
    int commands() {
        return commands;
    }

    /// Of a run that has a pace.
    int seconds() {
        return seconds;
    }
}
