package io.podwire.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;

import org.slf4j.LoggerFactory;

import java.util.Optional;

/// Listens to what the worker logs as an error: a defect, whoever met it. All else it says is not heard meanwhile.
final class Defects extends UnsynchronizedAppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Promises promises;
    private final Logger logger;
    private final Optional<Level> before;
    private final boolean additive;

    private Defects(Promises promises, LoggerContext context) {
        this.promises = promises;
        this.logger = context.getLogger("io.podwire");
        this.before = Optional.ofNullable(logger.getLevel());
        this.additive = logger.isAdditive();
        setContext(context);
    }

    static Defects heard(Promises promises) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            throw new IllegalStateException("needs logback");
        }
        Defects defects = new Defects(promises, context);
        defects.begin();
        return defects;
    }

    private void begin() {
        start();
        logger.setLevel(Level.ERROR);
        logger.setAdditive(false);
        logger.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        promises.broken(
                Promise.DEFECT,
                event.getFormattedMessage()
                        + Optional.ofNullable(event.getThrowableProxy())
                                .map(
                                        thrown ->
                                                ": "
                                                        + thrown.getClassName()
                                                        + ": "
                                                        + thrown.getMessage()
                                                        + (thrown.getStackTraceElementProxyArray()
                                                                                .length
                                                                        > 0
                                                                ? " "
                                                                        + thrown.getStackTraceElementProxyArray()[
                                                                                0]
                                                                : ""))
                                .orElse(""));
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setAdditive(additive);
        logger.setLevel(before.orElse(null));
        stop();
    }
}
