package io.podwire.sandbox;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;

import org.apache.kafka.common.utils.Time;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Properties;

/// A real Kafka in this process: one KRaft node, broker and controller, on loopback only.
///
/// Up when [#start] returns, in 2 to 5 s for the first of a process and 0.3 s after that. Topics are
/// never created by using them. Thread-safe.
public final class EmbeddedKafka implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final List<String> INTERNAL_TOPICS =
            List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic");

    private final KafkaRaftServer server;
    private final BrokerFiles files;
    private final int port;

    private EmbeddedKafka(KafkaRaftServer server, BrokerFiles files, int port) {
        this.server = server;
        this.files = files;
        this.port = port;
    }

    /// Starts a broker and returns when it answers.
    ///
    /// @throws PortTaken where the port asked for is in use
    /// @throws UncheckedIOException where the data directory cannot be used
    public static EmbeddedKafka start(EmbeddedKafkaSettings settings) {
        int port = settings.port() == 0 ? freePort() : reserve(settings.port());
        try {
            BrokerFiles files = BrokerFiles.open(settings.dataDir());
            if (settings.start() == EmbeddedKafkaSettings.Start.FRESH) {
                files.wipe();
            }
            Properties broker = properties(files, port, freePort());
            broker.putAll(settings.overrides());
            files.format(broker);
            return new EmbeddedKafka(started(broker, files), files, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What a client puts into `bootstrap.servers`.
    public String bootstrapServers() {
        return LOOPBACK + ":" + port;
    }

    public int port() {
        return port;
    }

    /// Stops the broker, in less than a second or two, and deletes what is not to be kept.
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
        try {
            files.leave();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KafkaRaftServer started(Properties broker, BrokerFiles files)
            throws IOException {
        var server = new KafkaRaftServer(KafkaConfig.fromProps(broker, false), Time.SYSTEM);
        try {
            server.startup();
            return server;
        } catch (RuntimeException e) {
            server.shutdown();
            files.leave();
            throw e;
        }
    }

    private static Properties properties(BrokerFiles files, int port, int controllerPort) {
        var broker = new Properties();
        broker.put("process.roles", "broker,controller");
        broker.put("node.id", "1");
        broker.put("controller.quorum.voters", "1@" + LOOPBACK + ":" + controllerPort);
        broker.put("controller.listener.names", "CONTROLLER");
        String client = "PLAINTEXT://" + LOOPBACK + ":" + port;
        broker.put("listeners", client + ",CONTROLLER://" + LOOPBACK + ":" + controllerPort);
        broker.put("advertised.listeners", client);
        broker.put("inter.broker.listener.name", "PLAINTEXT");
        broker.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        broker.put("log.dirs", files.log().toString());
        broker.put("auto.create.topics.enable", "false");
        broker.putAll(smallness());
        return broker;
    }

    /// One node has one replica of everything, and a laptop other things to do.
    private static Properties smallness() {
        var broker = new Properties();
        for (String topic : INTERNAL_TOPICS) {
            broker.put(topic + ".replication.factor", "1");
            broker.put(topic + ".num.partitions", "5");
        }
        broker.put("transaction.state.log.min.isr", "1");
        broker.put("share.coordinator.state.topic.min.isr", "1");
        broker.put("group.initial.rebalance.delay.ms", "0");
        broker.put("num.network.threads", "2");
        broker.put("num.io.threads", "4");
        broker.put("log.cleaner.dedupe.buffer.size", "4194304");
        return broker;
    }

    private static int freePort() {
        return reserve(0);
    }

    private static int reserve(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(LOOPBACK), port));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new PortTaken(port, e);
        }
    }
}
