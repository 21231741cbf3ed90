package io.podwire.testkit;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the real cluster's API server says that it was asked to do, and did.
public final class AuditLog {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;

    private AuditLog(Path file) {
        this.file = file;
    }

    /// Of the cluster that tests run on.
    public static AuditLog ofRealCluster() {
        return new AuditLog(RealCluster.file("log/audit.jsonl"));
    }

    /// How many pods were created in the namespace; refused and dry runs do not count.
    public long creations(String namespace) {
        return lines(namespace).stream()
                .map(JSON::readTree)
                .filter(call -> created(call, namespace))
                .count();
    }

    private static boolean created(JsonNode call, String namespace) {
        JsonNode target = call.path("objectRef");
        return call.path("verb").asString().equals("create")
                && call.path("responseStatus").path("code").asInt() == 201
                && target.path("resource").asString().equals("pods")
                && target.path("subresource").isMissingNode()
                && target.path("namespace").asString().equals(namespace)
                && !call.path("requestURI").asString().contains("dryRun");
    }

    /// Those that may be about the namespace: parsing all of a long run would take seconds.
    private List<String> lines(String namespace) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.contains(namespace)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
