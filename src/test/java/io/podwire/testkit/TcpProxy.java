package io.podwire.testkit;

import org.apache.kafka.common.protocol.ApiKeys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/// Stands between a client and a server on loopback, and lets the network between them fail.
///
/// Thread-safe. Whatever it was told holds until [#heal].
public final class TcpProxy implements AutoCloseable {
    private static final int BACKLOG = 200;

    private final Wire wire;
    private final int port;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<ProxyLink> links = ConcurrentHashMap.newKeySet();
    private final List<KafkaFault> kafkaFaults = new CopyOnWriteArrayList<>();
    private final AtomicInteger responsesToLose = new AtomicInteger();
    private final AtomicLong accepted = new AtomicLong();
    private volatile ServerSocket listener;
    private volatile int target;
    private volatile Arrivals arrivals = Arrivals.LET_IN;
    private volatile Duration delay = Duration.ZERO;

    /// Open once nobody listens any more.
    private CountDownLatch accepting = new CountDownLatch(0);

    private volatile BiConsumer<ApiKeys, KafkaFault.Side> observer = (_, _) -> {};

    private TcpProxy(Wire wire) {
        this.wire = wire;
        this.listener = listening(0);
        this.port = listener.getLocalPort();
        accept(listener);
    }

    /// In front of a server that is yet to be named, see [#forwardTo].
    public static TcpProxy open(Wire wire) {
        return new TcpProxy(wire);
    }

    /// In front of a server of any protocol.
    public static TcpProxy to(int port) {
        TcpProxy proxy = open(Wire.BYTES);
        proxy.forwardTo(port);
        return proxy;
    }

    public void forwardTo(int server) {
        target = server;
    }

    /// Where clients connect.
    public int port() {
        return port;
    }

    /// New connections are refused; those there are go on.
    public synchronized void refuse() {
        closeQuietly(listener);
        try {
            accepting.await(); // until then the system lets clients in
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// New connections are reset as soon as they are there.
    public void reset() {
        arrivals = Arrivals.RESET;
    }

    /// What comes on new connections is taken, and goes nowhere.
    public void blackHole() {
        arrivals = Arrivals.BLACK_HOLE;
    }

    /// Nothing moves any more, on connections old and new, and none ends.
    public void halfOpen() {
        arrivals = Arrivals.FREEZE;
        links.forEach(ProxyLink::freeze);
    }

    /// Nothing moves any more on the connections that there are; new ones work.
    public void freezeOld() {
        links.forEach(ProxyLink::freeze);
    }

    /// Everything takes so much longer, each way.
    public void delay(Duration time) {
        delay = time;
    }

    /// Ends all connections that there are.
    public void cut() {
        links.forEach(ProxyLink::cut);
    }

    /// The next so many pieces of response are lost after their requests were delivered, and their connections end.
    public void loseResponses(int times) {
        responsesToLose.set(times);
    }

    /// How many pieces of response are still to be lost.
    public int responsesLeftToLose() {
        return responsesToLose.get();
    }

    /// Only where the wire is Kafka's.
    public KafkaFault inject(KafkaFault fault) {
        if (wire != Wire.KAFKA) {
            throw new IllegalStateException("this proxy does not read Kafka's frames");
        }
        kafkaFaults.add(fault);
        return fault;
    }

    /// Tells of each frame that has passed, on the wire's threads; until the next is told.
    public void tell(BiConsumer<ApiKeys, KafkaFault.Side> frames) {
        observer = frames;
    }

    void passed(ApiKeys kind, KafkaFault.Side side) {
        observer.accept(kind, side);
    }

    /// All is well from now on; what waited goes on.
    public synchronized void heal() {
        kafkaFaults.clear();
        responsesToLose.set(0);
        delay = Duration.ZERO;
        arrivals = Arrivals.LET_IN;
        if (listener.isClosed()) {
            listener = listening(port);
            accept(listener);
        }
        links.forEach(ProxyLink::thaw);
    }

    /// How many connections clients have ever opened, whatever became of them.
    public long accepted() {
        return accepted.get();
    }

    /// How many connections there are.
    public int connections() {
        return links.size();
    }

    @Override
    public void close() {
        closeQuietly(listener);
        cut();
        threads.shutdownNow();
        threads.close();
    }

    private void accept(ServerSocket on) {
        CountDownLatch ended = new CountDownLatch(1);
        accepting = ended;
        var _ =
                threads.submit(
                        () -> {
                            try {
                                while (!on.isClosed()) {
                                    take(on);
                                }
                            } finally {
                                ended.countDown();
                            }
                        });
    }

    private void take(ServerSocket on) {
        try {
            Socket client = on.accept();
            accepted.incrementAndGet();
            switch (arrivals) {
                case LET_IN -> link(client, false);
                case FREEZE -> link(client, true);
                case RESET -> {
                    client.setSoLinger(true, 0);
                    client.close();
                }
                case BLACK_HOLE -> swallow(client);
            }
        } catch (SocketException e) {
            // refused from now on, or the server is not there: the client sees its connection end
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void link(Socket client, boolean frozen) throws IOException {
        Socket server;
        try {
            server = new Socket(InetAddress.ofLiteral("127.0.0.1"), target);
        } catch (IOException e) {
            client.close();
            return;
        }
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        ProxyLink link = new ProxyLink(this, client, server);
        if (frozen) {
            link.freeze();
        }
        links.add(link);
        link.start(threads, wire);
    }

    private void swallow(Socket client) {
        ProxyLink link = new ProxyLink(this, client, client);
        links.add(link);
        link.swallow(threads);
    }

    void ended(ProxyLink link) {
        links.remove(link);
    }

    Duration delay() {
        return delay;
    }

    boolean losesResponse() {
        return responsesToLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    Optional<KafkaFault> faultOf(ApiKeys kind, KafkaFault.Side side) {
        return kafkaFaults.stream().filter(fault -> fault.meets(kind, side)).findFirst();
    }

    private static ServerSocket listening(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), BACKLOG);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void closeQuietly(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What the proxy understands of what it carries.
    public enum Wire {
        BYTES,
        KAFKA
    }

    private enum Arrivals {
        LET_IN,
        FREEZE,
        RESET,
        BLACK_HOLE
    }
}
