package io.podwire.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;

import java.util.List;
import java.util.Random;

/// Names, quantities and other small values at the bounds of what Kubernetes takes, and some beyond.
final class RandomForms {
    private final Random random;
    private int mistakes;

    RandomForms(Random random) {
        this.random = random;
    }

    void mistakesInThousand(int number) {
        mistakes = number;
    }

    boolean mistaken() {
        return random.nextInt(1000) < mistakes;
    }

    private <T> T any(List<T> good, List<T> bad) {
        List<T> from = mistaken() ? bad : good;
        return from.get(random.nextInt(from.size()));
    }

    private String fresh() {
        return Integer.toString(random.nextInt(1 << 30), 36);
    }

    String label() {
        return any(
                List.of(fresh(), "a-" + fresh(), ("b" + fresh()).repeat(20).substring(0, 63)),
                List.of("", "-a", "a-", "A", "a_b", "a.b", "a\n", "a", "main", "x".repeat(64)));
    }

    String subdomain() {
        return any(
                List.of("a", "a.b-c.d", "0", "x".repeat(253), "x".repeat(64) + ".y"),
                List.of("", "a..b", "-a", "a.", "A", "a_b", "x".repeat(254)));
    }

    String key() {
        return any(
                List.of(
                        "k" + fresh(),
                        "Example_" + fresh() + ".x",
                        "example.com/" + fresh(),
                        "k".repeat(63),
                        "d".repeat(253) + "/" + fresh()),
                List.of(
                        "",
                        "a b",
                        "/a",
                        "a/",
                        "-a",
                        "a/b/c",
                        "k".repeat(64),
                        "d".repeat(254) + "/a",
                        "Example.com/a",
                        "a_b/c",
                        "a\n"));
    }

    String value() {
        return any(
                List.of("", "a", "A-b_c.d", "1", "v".repeat(63)),
                List.of("-", "a b", "ü", "a\n", "v".repeat(64)));
    }

    String number() {
        return any(
                List.of("0", "40", "9".repeat(18)), List.of("x", "1.5", "9".repeat(20), "", "0x1"));
    }

    String image() {
        return any(
                List.of(
                        "busybox",
                        "busybox:1.36",
                        "r.example.com:5000/a/b_c@sha256:" + "0".repeat(64)),
                List.of("A", "a b", " a", "a ", "a:b:c", "http://a", "a".repeat(300)));
    }

    String text() {
        return any(
                List.of("", "x", "$(A)", "a b\nc", "ü😀", "-", "\t", "y".repeat(2000)),
                List.of("\u007f", "\u0001"));
    }

    String path() {
        return any(List.of("/", "/w", "/a b"), List.of("w", ""));
    }

    String mountPath() {
        String unlike = "/" + fresh();
        return any(
                List.of(unlike, "/a/b" + unlike, "/..a" + unlike, unlike + "p".repeat(1000)),
                List.of("/", "a", "/a:b", "/a/../b", "/..", "/shm", "/shm", "/shm/", "/./shm"));
    }

    String subPath() {
        return any(
                List.of("x", "x/y", "..x", "x..", ".", "x/"),
                List.of("..", "x/..", "/x", "", "../x", "x/../y"));
    }

    String profile() {
        return any(List.of("p", "a b", "/a"), List.of(" p", "p ", "", "ü"));
    }

    String capability() {
        return any(
                List.of("ALL", "KILL", "NET_BIND_SERVICE", "SYS_ADMIN"),
                List.of("CAP_SYS_ADMIN", "kill", "", "NO_SUCH", "A__B"));
    }

    String variable() {
        return any(
                List.of("V" + fresh(), "a.b-c_" + fresh(), "_" + fresh(), "-" + fresh()),
                List.of(
                        "",
                        "1A",
                        "A=B",
                        ".",
                        "..A",
                        "ü",
                        "A",
                        "A",
                        "v".repeat(256),
                        "v".repeat(257)));
    }

    String dataKey() {
        return any(
                List.of("k", ".k", "a..b", "K_-.", "k".repeat(253)),
                List.of("", ".", "..", "..k", "a b", "a/b", "k".repeat(254)));
    }

    String fieldPath() {
        return any(
                List.of(
                        "metadata.name",
                        "metadata.namespace",
                        "metadata.uid",
                        "spec.nodeName",
                        "spec.serviceAccountName",
                        "status.hostIP",
                        "status.hostIPs",
                        "status.podIP",
                        "status.podIPs",
                        "metadata.labels['a']",
                        "metadata.annotations['example.com/" + "k".repeat(63) + "']"),
                List.of(
                        "",
                        "spec.x",
                        "metadata.labels",
                        "metadata.labels['']",
                        "metadata.labels['a b']",
                        "metadata.labels['" + "k".repeat(64) + "']",
                        "metadata.name['a']",
                        "status.phase"));
    }

    String portName() {
        return any(
                List.of(
                        "p" + fresh(),
                        "1a-" + fresh(),
                        ("p" + fresh() + "0123456789abcde").substring(0, 15)),
                List.of(
                        "",
                        "80",
                        "HTTP",
                        "a--b",
                        "-a",
                        "a-",
                        "abcdefghijklmnop",
                        "a\n",
                        "http",
                        "http"));
    }

    int port() {
        return any(List.of(1, 80, 65535), List.of(0, -1, 65536));
    }

    int count() {
        return any(List.of(1, 2, 86400), List.of(0, -1, 86401));
    }

    long id() {
        return any(List.of(0L, 1L, 1000L, 2147483647L), List.of(-1L, 2147483648L));
    }

    String order() {
        return any(
                List.of(
                        "kubernetes.io/config.mirror",
                        "scheduler.alpha.kubernetes.io/tolerations",
                        "controller.kubernetes.io/pod-deletion-cost",
                        "seccomp.security.alpha.kubernetes.io/pod",
                        "container.seccomp.security.alpha.kubernetes.io/main",
                        "container.apparmor.security.beta.kubernetes.io/main",
                        "container.apparmor.security.beta.kubernetes.io/other"),
                List.of("kubernetes.io/config.source"));
    }

    String duration() {
        return any(
                List.of("1ms", "1s", "90m", "365d"),
                List.of("0s", "366d", "366d", "1", "1y", "-1s", "99999999999999d"));
    }

    String device() {
        return any(
                List.of(
                        "nvidia.com/gpu",
                        "nvidia.com/mig-1g.5gb",
                        "amd.com/gpu",
                        "a/b_C.d",
                        "d".repeat(244) + "/" + "n".repeat(63)),
                List.of(
                        "gpu",
                        "requests.amd.com/gpu",
                        "kubernetes.io/gpu",
                        "x.kubernetes.io/gpu",
                        "d".repeat(245) + "/gpu",
                        "a/" + "n".repeat(64)));
    }

    JsonNode cpu() {
        return any(
                List.of(
                        text("100m"),
                        text("1"),
                        text("1.5"),
                        text("0.001"),
                        text("1e1"),
                        text("1E2"),
                        text("1k"),
                        text("1M"),
                        IntNode.valueOf(2),
                        DoubleNode.valueOf(0.25)),
                List.of(
                        text("0"),
                        text("0m"),
                        text("0.0001"),
                        text("1.0005"),
                        text("1000001"),
                        text("2M"),
                        text("1e19"),
                        text("1x"),
                        text("-1"),
                        text(""),
                        text("99999999999999999999"),
                        DoubleNode.valueOf(0.0001)));
    }

    JsonNode memory() {
        return any(
                List.of(
                        text("64Mi"),
                        text("64Mi"),
                        text("1.5Gi"),
                        text("1e3"),
                        text("1E3"),
                        text("1E"),
                        text("7Ei"),
                        text("9223372036854775807e0"),
                        text("1000k"),
                        text("0.1Ki"),
                        IntNode.valueOf(64)),
                List.of(
                        text("0Mi"),
                        text("0e0"),
                        text("0.0001k"),
                        text("8Ei"),
                        text("10E"),
                        text("9223372036854775808e0"),
                        text("1e99"),
                        text("64"),
                        text("64m"),
                        text("64mi"),
                        text("-1Mi"),
                        text("1.0000000001Gi"),
                        IntNode.valueOf(0)));
    }

    private static JsonNode text(String text) {
        return TextNode.valueOf(text);
    }
}
