package io.podwire.cli;

import io.podwire.app.Worker;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Holds the end of the process, once it was told to end, until all is closed in order.
///
/// Made on the main thread, which closes this last. Thread-safe.
final class Ending implements AutoCloseable {
    /// Beyond the drain time, which the worker keeps itself.
    private static final long GRACE_SECONDS = 30;

    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Optional<Worker> worker = Optional.empty();

    Ending() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "stop"));
    }

    /// Works until the process is told to end.
    void run(Worker work) throws InterruptedException {
        worker = Optional.of(work);
        work.run();
    }

    private void end() {
        try {
            if (worker.isPresent()) {
                worker.get().stop();
                var _ = closed.await(GRACE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the process ends anyway
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
