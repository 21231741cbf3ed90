package io.podwire.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// Follows a log with `kubectl logs -f` on the cores of what is measured.
///
/// @param kubeconfig of the cluster
/// @param pod in the usual namespace
record KubectlFollow(Path kubeconfig, String pod) {
    private static final int BUFFER = 1 << 20;

    double mebibytesPerSecond(long bytes) throws InterruptedException {
        try {
            Process kubectl =
                    new ProcessBuilder(
                                    "kubectl",
                                    "--kubeconfig",
                                    kubeconfig.toString(),
                                    "--namespace",
                                    ArmSpec.NAMESPACE,
                                    "logs",
                                    "--follow",
                                    pod)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            Cores.measured().hold(kubectl.pid());
            return rate(kubectl, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("kubectl is needed; .ci/renderers DIR gets one", e);
        }
    }

    private static double rate(Process kubectl, long bytes) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream output = kubectl.getInputStream()) {
            long read = Math.max(0, output.read(buffer));
            long begunNanos = System.nanoTime();
            for (int more = output.read(buffer); more >= 0; more = output.read(buffer)) {
                read += more;
            }
            double seconds = (System.nanoTime() - begunNanos) / 1e9;
            if (read != bytes) {
                throw new IllegalStateException(
                        "kubectl printed %d bytes of %d".formatted(read, bytes));
            }
            return bytes / seconds / (1 << 20);
        }
    }
}
