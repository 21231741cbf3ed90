package io.podwire.sandbox;

import kafka.tools.StorageTool;

import org.apache.kafka.common.Uuid;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/// What an embedded broker keeps on disk: one folder of ours in the directory that was given, or a
/// temporary directory that goes with the broker.
///
/// @param keep whether the files outlive the broker
record BrokerFiles(Path dir, Keep keep) {
    enum Keep {
        KEPT,
        TEMPORARY
    }

    static BrokerFiles open(Optional<Path> dataDir) throws IOException {
        if (dataDir.isEmpty()) {
            return new BrokerFiles(Files.createTempDirectory("podwire-kafka"), Keep.TEMPORARY);
        }
        // A folder of our own: wiping must never touch what somebody else put beside it.
        Path ours = dataDir.get().toAbsolutePath().resolve("kafka");
        return new BrokerFiles(Files.createDirectories(ours), Keep.KEPT);
    }

    Path log() {
        return dir.resolve("log");
    }

    void wipe() throws IOException {
        deleteTree(log());
    }

    /// Writes the cluster's identity, unless an earlier broker has.
    void format(Properties broker) throws IOException {
        if (Files.exists(log().resolve("meta.properties"))) {
            return;
        }
        Path config = dir.resolve("server.properties");
        try (var writer = Files.newBufferedWriter(config)) {
            broker.store(writer, null);
        }
        var said = new ByteArrayOutputStream();
        String[] format = {"format", "-t", Uuid.randomUuid().toString(), "-c", config.toString()};
        int exit = StorageTool.execute(format, new PrintStream(said, true, StandardCharsets.UTF_8));
        if (exit != 0) {
            throw new IOException(
                    "cannot format " + log() + ": " + said.toString(StandardCharsets.UTF_8));
        }
    }

    void leave() throws IOException {
        if (keep == Keep.TEMPORARY) {
            deleteTree(dir);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(root)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
