package io.podwire.kafka;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The bootstrap servers as addresses, to find out why none of them answers: Kafka's clients know only that
/// they waited. Thread-safe.
public final class BrokerAddresses {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerAddresses.class);
    private static final int CONNECT_MILLIS = 1_000;

    private final String servers;

    /// @param servers each `HOST:PORT`, more than one with commas between
    public BrokerAddresses(String servers) {
        this.servers = Objects.requireNonNull(servers, "servers");
    }

    /// Waits until there is an address to connect to, without which Kafka's clients cannot be made; says
    /// every 10 s why it still waits.
    ///
    /// @param stopped ends the waiting
    /// @return false where it was ended
    public boolean awaitResolvable(CountDownLatch stopped) throws InterruptedException {
        while (servers().map(BrokerAddresses::address).allMatch(InetSocketAddress::isUnresolved)) {
            LOG.atWarn()
                    .addKeyValue("brokers", diagnosis())
                    .log("no address of Kafka can be resolved; trying again");
            if (stopped.await(10, TimeUnit.SECONDS)) {
                return false;
            }
        }
        return true;
    }

    /// What a plain connection to each of them meets, such as `localhost:9092: Connection refused`.
    String diagnosis() {
        return servers()
                .map(server -> server + ": " + connect(address(server)))
                .collect(Collectors.joining("; "));
    }

    private Stream<String> servers() {
        return Arrays.stream(servers.split(",")).map(String::strip);
    }

    private static InetSocketAddress address(String server) {
        int colon = server.lastIndexOf(':');
        String host = server.substring(0, colon).replaceAll(".*://|[\\[\\]]", "");
        return new InetSocketAddress(host, Integer.parseInt(server.substring(colon + 1)));
    }

    private static String connect(InetSocketAddress address) {
        if (address.isUnresolved()) {
            return "unknown host";
        }
        try (var socket = new Socket()) {
            socket.connect(address, CONNECT_MILLIS);
            return "takes connections, but gives no answer; does the topic exist, is security.protocol right?";
        } catch (IOException e) {
            return Objects.requireNonNullElse(e.getMessage(), e.toString());
        }
    }
}
