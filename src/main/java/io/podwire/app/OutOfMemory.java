package io.podwire.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends the process where one of its threads has run out of memory.
///
/// What that thread was at is half done, and nobody would go on with it; another worker does. The JVM's own
/// `ExitOnOutOfMemoryError` would end it for a single record too that unpacks to more than the heap, which the
/// intake skips, and so for ever again.
public final class OutOfMemory {
    private static final Logger LOG = LoggerFactory.getLogger(OutOfMemory.class);

    /// `EX_SOFTWARE` of sysexits.
    private static final int EXIT = 70;

    private OutOfMemory() {}

    /// From now on, for every thread that does not say otherwise.
    public static void endProcess() {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, failure) -> {
                    endProcess(failure);
                    if (before == null) {
                        LOG.atError()
                                .addKeyValue("thread", thread.getName())
                                .setCause(failure)
                                .log("a thread met a defect of Podwire");
                    } else {
                        before.uncaughtException(thread, failure);
                    }
                });
    }

    /// Returns only where it is another failure.
    static void endProcess(Throwable failure) {
        if (failure instanceof VirtualMachineError) {
            try {
                LOG.atError().setCause(failure).log("out of memory: the process ends");
            } finally {
                Runtime.getRuntime().halt(EXIT);
            }
        }
    }
}
