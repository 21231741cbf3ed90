package io.podwire.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What a worker does once before it joins its group, so that what it does when partitions come is not done for the first
/// time: until classes are loaded and connections open, commands of those partitions wait.
///
/// Nothing follows from it: what fails or takes too long is left. Confined to one thread.
final class Rehearsal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> begun = new ArrayList<>();
    private final Duration patience;

    /// @param patience how long its end is awaited
    Rehearsal(Duration patience) {
        this.patience = patience;
    }

    /// What may be interrupted.
    interface Part {
        void run() throws InterruptedException;
    }

    /// Returns at once.
    void begin(Part part) {
        begun.add(
                threads.submit(
                        () -> {
                            part.run();
                            return part;
                        }));
    }

    /// Waits for all that was begun, and gives up what is not done then.
    void end() throws InterruptedException {
        long deadlineNanos = System.nanoTime() + patience.toNanos();
        for (Future<?> part : begun) {
            try {
                var _ = part.get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException | TimeoutException e) {
                LOG.atDebug().setCause(e).log("not rehearsed");
            }
        }
        close();
    }

    /// What was begun ends before that which it is done with is closed.
    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
