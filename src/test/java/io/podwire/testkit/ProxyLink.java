package io.podwire.testkit;

import io.podwire.testkit.KafkaFault.Side;

import org.apache.kafka.common.protocol.ApiKeys;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// One connection through a [TcpProxy]: a thread for each way.
///
/// Thread-safe.
final class ProxyLink {
    private static final int PIECE_BYTES = 64 << 10;

    private final TcpProxy proxy;
    private final Socket client;
    private final Socket server;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition thawed = lock.newCondition();

    /// Guarded by `lock`.
    private boolean frozen;

    /// What was asked under each correlation id that is not answered yet.
    private final Map<Integer, ApiKeys> asked = new ConcurrentHashMap<>();

    ProxyLink(TcpProxy proxy, Socket client, Socket server) {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
    }

    void start(ExecutorService threads, TcpProxy.Wire wire) {
        switch (wire) {
            case BYTES -> {
                run(threads, () -> copyBytes(client, server, Side.REQUEST));
                run(threads, () -> copyBytes(server, client, Side.RESPONSE));
            }
            case KAFKA -> {
                run(threads, () -> copyFrames(client, server, Side.REQUEST));
                run(threads, () -> copyFrames(server, client, Side.RESPONSE));
            }
        }
    }

    void swallow(ExecutorService threads) {
        run(threads, () -> client.getInputStream().transferTo(OutputStream.nullOutputStream()));
    }

    private void run(ExecutorService threads, Way way) {
        var _ =
                threads.submit(
                        () -> {
                            try {
                                way.run();
                            } catch (IOException e) {
                                // one side has ended, and ends the other
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt(); // the proxy closes
                            } finally {
                                cut();
                            }
                        });
    }

    private void copyBytes(Socket from, Socket to, Side side)
            throws IOException, InterruptedException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] piece = new byte[PIECE_BYTES];
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
            pass();
            if (side == Side.RESPONSE && proxy.losesResponse()) {
                return;
            }
            out.write(piece, 0, read);
        }
    }

    private void copyFrames(Socket from, Socket to, Side side)
            throws IOException, InterruptedException {
        DataInputStream in = new DataInputStream(from.getInputStream());
        OutputStream out = to.getOutputStream();
        while (true) {
            byte[] frame = new byte[in.readInt()];
            in.readFully(frame);
            pass();
            ApiKeys kind = kind(ByteBuffer.wrap(frame), side);
            if (isLost(proxy.faultOf(kind, side))
                    || (side == Side.RESPONSE && proxy.losesResponse())) {
                return;
            }
            out.write(
                    ByteBuffer.allocate(4 + frame.length).putInt(frame.length).put(frame).array());
            proxy.passed(kind, side);
        }
    }

    private ApiKeys kind(ByteBuffer frame, Side side) throws IOException {
        return switch (side) {
            case REQUEST -> {
                ApiKeys kind = ApiKeys.forId(frame.getShort(0));
                asked.put(frame.getInt(4), kind); // behind the kind and its version
                yield kind;
            }
            case RESPONSE ->
                    Optional.ofNullable(asked.remove(frame.getInt(0)))
                            .orElseThrow(() -> new IOException("an answer to nothing"));
        };
    }

    private static boolean isLost(Optional<KafkaFault> fault) throws InterruptedException {
        if (fault.isEmpty()) {
            return false;
        }
        return switch (fault.get().deed()) {
            case KafkaFault.Deed.Delay(var time) -> {
                Thread.sleep(time);
                yield false;
            }
            case KafkaFault.Deed.Lose() -> true;
        };
    }

    /// Waits as long as the network does.
    private void pass() throws InterruptedException {
        Thread.sleep(proxy.delay());
        lock.lockInterruptibly();
        try {
            while (frozen) {
                thawed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    void freeze() {
        lock.lock();
        try {
            frozen = true;
        } finally {
            lock.unlock();
        }
    }

    void thaw() {
        lock.lock();
        try {
            frozen = false;
            thawed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void cut() {
        proxy.ended(this);
        for (Socket socket : new Socket[] {client, server}) {
            try {
                socket.close();
            } catch (IOException e) {
                // it has ended, which is what is wanted
            }
        }
    }

    private interface Way {
        void run() throws IOException, InterruptedException;
    }
}
