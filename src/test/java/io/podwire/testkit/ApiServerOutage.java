package io.podwire.testkit;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// Keeps the real cluster's API server from answering for a while, as often as it is started again.
public final class ApiServerOutage {
    private static final Duration PACE = Duration.ofMillis(50);
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    private ApiServerOutage() {}

    /// Returns when the API server answers again.
    public static void of(Duration length, KubernetesClient client) throws InterruptedException {
        long endNanos = System.nanoTime() + length.toNanos();
        while (System.nanoTime() < endNanos) {
            kill();
            Thread.sleep(PACE);
        }
        awaitAnswer(client);
    }

    private static void kill() {
        ProcessHandle.of(pid())
                .filter(process -> process.info().commandLine().orElse("").contains("apiserver"))
                .ifPresent(ProcessHandle::destroyForcibly);
    }

    private static long pid() {
        Path file = RealCluster.file("run/kube-apiserver.pid");
        try {
            String text = Files.readString(file);
            return text.isEmpty() ? Long.MAX_VALUE : Long.parseLong(text); // empty: being written
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitAnswer(KubernetesClient client) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + RECOVERY.toNanos();
        while (!answers(client)) {
            if (System.nanoTime() > deadlineNanos) {
                throw new AssertionError("the API server did not come back within " + RECOVERY);
            }
            Thread.sleep(PACE);
        }
    }

    private static boolean answers(KubernetesClient client) {
        try {
            return client.namespaces().withName("default").get() != null;
        } catch (KubernetesClientException e) {
            return false;
        }
    }
}
