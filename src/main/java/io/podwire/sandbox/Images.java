package io.podwire.sandbox;

import java.util.Optional;
import java.util.regex.Pattern;

/// What the simulated node knows of images: all can be pulled, except those made to fail.
///
/// Registry hosts that end in `.invalid` and the tag `missing` cannot be pulled.
final class Images {
    private static final Pattern REFERENCE =
            Pattern.compile(
                    "([a-zA-Z0-9][-a-zA-Z0-9.]*(:\\d+)?/)?[a-z0-9]+([._/-]+[a-z0-9]+)*(:[A-Za-z0-9_][-A-Za-z0-9_.]{0,127})?(@sha256:[0-9a-f]{64})?");

    /// Why a container cannot start, as the kubelet tells it in the container's status.
    record Problem(String reason, String message) {}

    private Images() {}

    static boolean wellFormed(String image) {
        return REFERENCE.matcher(image).matches();
    }

    static Problem malformed(String image) {
        return new Problem(
                "InvalidImageName",
                "Failed to apply default image tag \"%s\": couldn't parse image name \"%s\": invalid reference format"
                        .formatted(image, image));
    }

    static Optional<Problem> pull(String image) {
        String host = image.contains("/") ? image.substring(0, image.indexOf('/')) : "docker.io";
        String full = full(image);
        if (host.endsWith(".invalid")) {
            return Optional.of(
                    new Problem(
                            "ErrImagePull",
                            "failed to pull and unpack image \"%s\": failed to resolve reference \"%s\": failed to do request: Head \"https://%s/v2/%s\": dial tcp: lookup %s: no such host"
                                    .formatted(full, full, host, manifest(full), host)));
        }
        if (image.endsWith(":missing")) {
            return Optional.of(
                    new Problem(
                            "ErrImagePull",
                            "rpc error: code = NotFound desc = failed to pull and unpack image \"%s\": failed to resolve reference \"%s\": %s: not found"
                                    .formatted(full, full, full)));
        }
        return Optional.empty();
    }

    /// With registry and tag, as the container runtime writes it.
    static String full(String image) {
        String tagged =
                image.substring(image.lastIndexOf('/') + 1).contains(":")
                        ? image
                        : image + ":latest";
        if (!image.contains("/")) {
            return "docker.io/library/" + tagged;
        }
        String host = image.substring(0, image.indexOf('/'));
        boolean registry = host.contains(".") || host.contains(":") || host.equals("localhost");
        return registry ? tagged : "docker.io/" + tagged;
    }

    private static String manifest(String full) {
        String path = full.substring(full.indexOf('/') + 1);
        int colon = path.lastIndexOf(':');
        return path.substring(0, colon) + "/manifests/" + path.substring(colon + 1);
    }

    /// Whether the image is one of those that are a shell and nothing else.
    static boolean shellOnly(String image) {
        String name = image.substring(image.lastIndexOf('/') + 1).split("[:@]", 2)[0];
        return name.equals("busybox") || name.equals("alpine");
    }
}
