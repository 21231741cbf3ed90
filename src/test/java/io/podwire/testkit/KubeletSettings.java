package io.podwire.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// Lets the real cluster's kubelet run with other settings until [#close].
///
/// The kubelet is killed to take them; containers go on meanwhile. Confined to the test's thread.
public final class KubeletSettings implements AutoCloseable {
    private static final Duration PACE = Duration.ofMillis(50);
    private static final Duration START = Duration.ofSeconds(30);

    private final Path file = RealCluster.file("kubelet.yaml");
    private final String before;

    private KubeletSettings(String more) {
        this.before = read(file);
        apply(before + more);
    }

    /// Returns when the kubelet runs with them.
    ///
    /// @param more YAML beside what is there
    public static KubeletSettings with(String more) {
        return new KubeletSettings(more);
    }

    private void apply(String settings) {
        write(settings);
        String pid = pid();
        ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
        long deadlineNanos = System.nanoTime() + START.toNanos();
        while (pid().isEmpty() || pid().equals(pid)) {
            if (System.nanoTime() > deadlineNanos) {
                throw new AssertionError("the kubelet did not start again within " + START);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the kubelet starts", e);
        }
    }

    private static String pid() {
        return read(RealCluster.file("run/kubelet.pid"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String settings) {
        try {
            Files.writeString(file, settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        apply(before);
    }
}
