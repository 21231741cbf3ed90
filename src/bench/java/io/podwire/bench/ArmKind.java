package io.podwire.bench;

/// The ways to do the work that are measured side by side.
enum ArmKind {
    SERIAL("serial loop"),
    PARALLEL_CONSUMER("parallel-consumer, KEY, 500 threads, async commit"),
    PARALLEL_CONSUMER_TX("parallel-consumer, KEY, 500 threads, transactional"),
    KEY_LOOP("plain loop, a virtual thread a key, at least once"),
    TRANSACTION_LOOP("the same loop in transactions, without states or recovery"),
    PODWIRE("**Podwire**, exactly once"),
    BARE_CREATES("bare fabric8 loop, no Kafka"),
    LOOP_CREATES("plain loop fed from Kafka, results at least once"),
    WORKER_CREATES("**Podwire**, results and transitions exactly once");

    private final String title;

    ArmKind(String title) {
        this.title = title;
    }

    /// For the first column of a table.
    String title() {
        return title;
    }

    Arm make(ArmSpec spec, SleepingCalls calls) {
        return switch (this) {
            case SERIAL -> new SerialLoop(spec, calls);
            case PARALLEL_CONSUMER, PARALLEL_CONSUMER_TX -> new ParallelConsumer(spec, calls);
            case KEY_LOOP -> KeyLoop.atLeastOnce(spec, calls);
            case TRANSACTION_LOOP -> KeyLoop.inTransactions(spec, calls);
            case PODWIRE -> WholeWorker.sleeping(spec, calls);
            case BARE_CREATES -> new BareCreates(spec);
            case LOOP_CREATES -> new LoopCreates(spec);
            case WORKER_CREATES -> WholeWorker.real(spec);
        };
    }
}
