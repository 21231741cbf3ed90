package io.podwire.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/// An HTTP server that answers what it was told to, and remembers what it was asked.
final class CannedServer implements AutoCloseable {
    record Asked(String method, String uri, String body, Optional<String> authorization) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Canned> answers = new LinkedBlockingQueue<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch reached = new CountDownLatch(1);

    CannedServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void answer(int status, String body) {
        answer(status, body, Map.of());
    }

    void answer(int status, String body, Map<String, String> headers) {
        answers.add(
                exchange -> {
                    headers.forEach(exchange.getResponseHeaders()::set);
                    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
    }

    /// Sends headers and half a body, and then nothing.
    void stall() {
        answers.add(
                exchange -> {
                    exchange.sendResponseHeaders(200, 1000);
                    exchange.getResponseBody().write("{".getBytes(StandardCharsets.UTF_8));
                    exchange.getResponseBody().flush();
                    untilClosed();
                });
    }

    /// Takes the request and says nothing.
    void keepSilent() {
        answers.add(exchange -> untilClosed());
    }

    /// Takes the request and hangs up.
    void hangUp() {
        answers.add(HttpExchange::close);
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    void awaitRequest() throws InterruptedException {
        reached.await();
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(
                new Asked(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        body,
                        Optional.ofNullable(
                                exchange.getRequestHeaders().getFirst("Authorization"))));
        reached.countDown();
        Canned canned = answers.poll();
        if (canned == null) {
            throw new IllegalStateException("nobody said what to answer");
        }
        canned.send(exchange);
    }

    private void untilClosed() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Canned {
        void send(HttpExchange exchange) throws IOException;
    }
}
