package io.podwire.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The files of the console: a page, its style, its script, its icon. All that it needs is here, nothing is fetched elsewhere.
final class Assets {
    private static final Map<String, Page> PAGES =
            Map.of(
                    "/", page("console.html", "text/html; charset=utf-8"),
                    "/console.css", page("console.css", "text/css; charset=utf-8"),
                    "/console.js", page("console.js", "text/javascript; charset=utf-8"),
                    "/console.svg", page("console.svg", "image/svg+xml"));

    private Assets() {}

    static Optional<Page> find(String path) {
        return Optional.ofNullable(PAGES.get(path));
    }

    private static Page page(String file, String type) {
        try (InputStream in = Assets.class.getResourceAsStream(file)) {
            byte[] content = Objects.requireNonNull(in, file).readAllBytes();
            return Page.asset(type, new String(content, StandardCharsets.UTF_8), tag(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tag(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return "\"" + HexFormat.of().formatHex(digest, 0, 8) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
