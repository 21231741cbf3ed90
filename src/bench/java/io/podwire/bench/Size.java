package io.podwire.bench;

/// How much is measured.
enum Size {
    /// For trying the benchmarks; its figures say little.
    QUICK(1, 12_000, 2, 4, 200_000),
    FULL(3, 100_000, 20, 10, 10_000_000);

    private final int rounds;
    private final int commands;
    private final int warmUps;
    private final int seconds;
    private final int backlog;

    Size(int rounds, int commands, int warmUps, int seconds, int backlog) {
        this.rounds = rounds;
        this.commands = commands;
        this.warmUps = warmUps;
        this.seconds = seconds;
        this.backlog = backlog;
    }

    /// Of every arm.
    Rounds rounds() {
        return new Rounds(rounds);
    }

    /// Of a run of the engine, the first of which warm it up.
    int commands() {
        return commands;
    }

    /// Of pods that warm up an arm which makes them on a real API server, [#warmUps] times at most.
    int creates() {
        return commands / 40;
    }

    /// Turns of an arm that lives through all rounds before its first one that counts, at most.
    int warmUps() {
        return warmUps;
    }

    /// Of a run that has a pace.
    int seconds() {
        return seconds;
    }

    /// Of commands that wait for a worker which has been away for long.
    int backlog() {
        return backlog;
    }
}
