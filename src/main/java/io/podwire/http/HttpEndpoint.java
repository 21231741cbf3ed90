package io.podwire.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// Serves `/livez`, `/readyz`, `/startupz`, `/metrics` and the console, each request on a virtual thread.
///
/// Thread-safe. [#close] ends open requests at once.
public final class HttpEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);
    private static final int DEFAULT_BACKLOG = 0;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Supplier<Page>> pages;
    private final Optional<Console> console;

    private HttpEndpoint(
            HttpServer server, Map<String, Supplier<Page>> pages, Optional<Console> console) {
        this.server = server;
        this.pages = pages;
        this.console = console;
    }

    /// Listens, and answers from now on.
    ///
    /// @param port 0 picks a free one, see [#port]
    /// @param metrics the text that Prometheus scrapes, asked on every scrape
    /// @param console empty: there is none
    /// @throws CannotListen where the port is taken or the address is not ours
    public static HttpEndpoint open(
            String host,
            int port,
            Probes probes,
            Supplier<String> metrics,
            Optional<Console> console) {
        Objects.requireNonNull(metrics, "metrics");
        var endpoint =
                new HttpEndpoint(
                        listen(host, port),
                        Map.of(
                                "/livez", () -> page(probes.live()),
                                "/readyz", () -> page(probes.ready()),
                                "/startupz", () -> page(probes.startup()),
                                "/metrics", () -> Page.metrics(metrics.get())),
                        console);
        endpoint.start();
        return endpoint;
    }

    private static Page page(List<Check> checks) {
        Report report = Report.of(checks);
        return Page.json(report.status(), report.json());
    }

    private static HttpServer listen(String host, int port) {
        var address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new CannotListen(
                    CannotListen.Reason.ADDRESS,
                    "http.host %s has no address".formatted(host),
                    new IOException("unresolved"));
        }
        try {
            return HttpServer.create(address, DEFAULT_BACKLOG);
        } catch (IOException e) {
            throw cannotListen(host, port, e);
        }
    }

    /// The system's exception is the same for a taken port and a foreign address; a free port tells them apart.
    private static CannotListen cannotListen(String host, int port, IOException failure) {
        if (failure instanceof BindException && canListen(host)) {
            return new CannotListen(
                    CannotListen.Reason.PORT_TAKEN,
                    "port %d is taken: stop what listens there, or set http.port to another (0 picks a free one)"
                            .formatted(port),
                    failure);
        }
        return new CannotListen(
                CannotListen.Reason.ADDRESS,
                "cannot listen on %s:%d: %s".formatted(host, port, failure.getMessage()),
                failure);
    }

    private static boolean canListen(String host) {
        try {
            HttpServer.create(new InetSocketAddress(host, 0), DEFAULT_BACKLOG).stop(0);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private void start() {
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /// The port that is listened on.
    public int port() {
        return server.getAddress().getPort();
    }

    /// One context for all paths: the server's own matching is by prefix.
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Optional<Page> page = page(exchange);
            if (page.isPresent()) {
                send(exchange, page.get());
            }
        }
    }

    /// Empty where it is answered already.
    private Optional<Page> page(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        URI uri = exchange.getRequestURI();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return Optional.of(Page.methodNotAllowed());
        }
        if (console.isPresent() && Console.streams(uri) && method.equals("GET")) {
            return console.get().stream(exchange);
        }
        String held = exchange.getRequestHeaders().getFirst("If-None-Match");
        return Optional.of(find(uri).unlessHeld(Optional.ofNullable(held)));
    }

    private static void send(HttpExchange exchange, Page page) throws IOException {
        page.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = page.text().getBytes(StandardCharsets.UTF_8);
        boolean bare = exchange.getRequestMethod().equals("HEAD") || page.status() == 304;
        exchange.sendResponseHeaders(page.status(), bare ? -1 : body.length);
        if (!bare) {
            exchange.getResponseBody().write(body);
        }
    }

    private Page find(URI uri) {
        try {
            return Optional.ofNullable(pages.get(uri.getPath()))
                    .map(Supplier::get)
                    .or(() -> console.flatMap(it -> it.find(uri)))
                    .orElse(Page.notFound());
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("path", uri.getPath())
                    .setCause(e)
                    .log("could not answer over HTTP");
            return Page.failed();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow(); // who still reads has lost the connection already
    }
}
