package io.podwire.testkit;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What the real cluster's API server says that it was asked to do, and did.
public final class AuditLog {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;

    /// @param file a JSON object a line
    AuditLog(Path file) {
        this.file = file;
    }

    /// Of the cluster that tests run on.
    public static AuditLog ofRealCluster() {
        return new AuditLog(RealCluster.file("log/audit.jsonl"));
    }

    /// How many pods were created in the namespace; refused and dry runs do not count.
    ///
    /// A create whose client was killed meanwhile is told as status 504, "context canceled", whether its pod was made or
    /// not. It was where a later create finds it there, though none is told 201: such a pod counts once.
    public long creations(String namespace) {
        long told = 0;
        Set<String> made = new HashSet<>();
        Set<String> found = new HashSet<>();
        for (String line : lines(namespace)) {
            JsonNode call = JSON.readTree(line);
            if (creates(call, namespace)) {
                String pod = call.path("objectRef").path("name").asString();
                JsonNode answer = call.path("responseStatus");
                if (answer.path("code").asInt() == 201) {
                    told++;
                    made.add(pod);
                } else if (answer.path("reason").asString("").equals("AlreadyExists")) {
                    found.add(pod);
                }
            }
        }
        return told + found.stream().filter(pod -> !made.contains(pod)).count();
    }

    /// What a user has done to pods, each as `verb resource` or `verb resource/subresource`.
    ///
    /// @param namespace the user's own
    public Set<String> deeds(String namespace, String serviceAccount) {
        String user = "system:serviceaccount:" + namespace + ":" + serviceAccount;
        return lines(user).stream()
                .map(JSON::readTree)
                .filter(call -> call.path("user").path("username").asString().equals(user))
                .map(AuditLog::deed)
                .collect(Collectors.toSet());
    }

    private static String deed(JsonNode call) {
        JsonNode target = call.path("objectRef");
        String sub = target.path("subresource").asString("");
        return call.path("verb").asString()
                + " "
                + target.path("resource").asString()
                + (sub.isEmpty() ? "" : "/" + sub);
    }

    private static boolean creates(JsonNode call, String namespace) {
        JsonNode target = call.path("objectRef");
        return call.path("verb").asString().equals("create")
                && target.path("resource").asString().equals("pods")
                && target.path("subresource").isMissingNode()
                && target.path("namespace").asString().equals(namespace)
                && !call.path("requestURI").asString().contains("dryRun");
    }

    /// Those that may be about it: parsing all of a long run would take seconds.
    private List<String> lines(String about) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.contains(about)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
