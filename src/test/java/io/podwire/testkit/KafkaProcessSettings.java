package io.podwire.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How to start a [KafkaProcess].
///
/// @param proxies each gets a listener of its own, which is known to clients by the proxy's address alone
/// @param broker settings of the broker that win over the usual ones
/// @param jvm options of the broker's JVM that win over the usual ones
public record KafkaProcessSettings(
        List<TcpProxy> proxies, Map<String, String> broker, List<String> jvm) {
    private static final String PLAIN = "PLAINTEXT://127.0.0.1:";

    public KafkaProcessSettings {
        proxies = List.copyOf(proxies);
        broker = Map.copyOf(broker);
        jvm = List.copyOf(jvm);
    }

    /// Clients that begin at a proxy's port stay behind that proxy.
    public static KafkaProcessSettings behind(TcpProxy... proxies) {
        return new KafkaProcessSettings(List.of(proxies), Map.of(), List.of());
    }

    public KafkaProcessSettings with(String key, String value) {
        Map<String, String> all = new HashMap<>(broker);
        all.put(key, value);
        return new KafkaProcessSettings(proxies, all, jvm);
    }

    /// The same in a JVM with these options.
    public KafkaProcessSettings withJvm(List<String> options) {
        return new KafkaProcessSettings(proxies, broker, options);
    }

    /// @param port where clients come in that need no proxy
    List<String> overrides(int port) {
        Map<String, String> all = new HashMap<>();
        int controller = freePort();
        List<String> listeners = new ArrayList<>(List.of(PLAIN + port));
        List<String> advertised = new ArrayList<>(listeners);
        List<String> protocols =
                new ArrayList<>(List.of("PLAINTEXT:PLAINTEXT", "CONTROLLER:PLAINTEXT"));
        listeners.add("CONTROLLER://127.0.0.1:" + controller);
        for (int number = 0; number < proxies.size(); number++) {
            TcpProxy proxy = proxies.get(number);
            int behind = freePort();
            proxy.forwardTo(behind);
            String name = "BEHIND" + number;
            listeners.add(name + "://127.0.0.1:" + behind);
            advertised.add(name + "://127.0.0.1:" + proxy.port());
            protocols.add(name + ":PLAINTEXT");
        }
        all.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
        all.put("listeners", String.join(",", listeners));
        all.put("advertised.listeners", String.join(",", advertised));
        all.put("listener.security.protocol.map", String.join(",", protocols));
        all.putAll(broker);
        return all.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
