package io.podwire.pipeline;

import io.podwire.logs.LogBytes;
import io.podwire.logs.LogSource;
import io.podwire.logs.LogTarget;
import io.podwire.logs.PodLook;
import io.podwire.protocol.PodConfig;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodRef;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// The log of one pod's container, as the kubelet gives it; running until the test ends it. Thread-safe.
final class PrintedLog implements LogSource, PodLook {
    private final String uid;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private volatile Runnable atOpen = () -> {};

    PrintedLog(String uid) {
        this.uid = uid;
    }

    /// @param second of the line's time after the start; ascending
    PrintedLog print(int second, String text) {
        lines.add("2026-01-01T00:00:%02d.000000000Z %s\n".formatted(second, text));
        return this;
    }

    PrintedLog end() {
        ended.countDown();
        return this;
    }

    PrintedLog atOpen(Runnable happens) {
        atOpen = happens;
        return this;
    }

    void awaitOpened() throws InterruptedException {
        opened.await();
    }

    @Override
    public Look look(PodRef pod) {
        PodLifecycle state = ended.getCount() == 0 ? PodLifecycle.SUCCEEDED : PodLifecycle.RUNNING;
        return new Look.Present(
                Stories.status(uid, World.PARTITION, 5, state),
                Optional.of(PodConfig.RestartPolicy.NEVER));
    }

    @Override
    public Opened open(LogTarget target) {
        atOpen.run();
        opened.countDown();
        return new Opened.Stream(new Reading(World.bytes(String.join("", lines))));
    }

    /// One open log: what was printed by then; after it, silence until the container ends.
    private final class Reading implements LogBytes {
        private final byte[] text;
        private int next;

        private Reading(byte[] text) {
            this.text = text;
        }

        @Override
        public int read(byte[] into, int from, Duration atMost) throws InterruptedException {
            int length = Math.min(into.length - from, text.length - next);
            if (length > 0) {
                System.arraycopy(text, next, into, from, length);
                next += length;
                return length;
            }
            ended.await();
            return -1;
        }

        @Override
        public void close() {}
    }
}
