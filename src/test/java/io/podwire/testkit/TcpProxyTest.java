package io.podwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// The proxy before a server that sends back each byte.
@Timeout(30)
class TcpProxyTest {
    private static final int SILENCE_MILLIS = 200;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger served = new AtomicInteger();
    private ServerSocket server;
    private TcpProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        proxy = TcpProxy.to(server.getLocalPort());
        var _ = threads.submit(() -> serve());
    }

    private int serve() throws IOException {
        while (true) {
            Socket client = server.accept();
            var _ = threads.submit(() -> echo(client));
        }
    }

    private int echo(Socket client) throws IOException {
        for (int read = client.getInputStream().read();
                read >= 0;
                read = client.getInputStream().read()) {
            served.incrementAndGet();
            client.getOutputStream().write(read);
        }
        client.close();
        return served.get();
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
        threads.shutdownNow();
    }

    @Test
    void passesOnWhatIsSentAndAnswered() throws IOException {
        // Given
        try (Socket client = connected()) {

            // When
            int answer = answer(client, 7);

            // Then
            assertThat(answer).isEqualTo(7);
        }
    }

    @Test
    void refusedServerIsNotThereUntilItIsHealed() throws IOException {
        // Given
        proxy.refuse();

        // When
        assertThatThrownBy(this::connected).isInstanceOf(ConnectException.class);
        proxy.heal();

        // Then
        try (Socket client = connected()) {
            assertThat(answer(client, 7)).isEqualTo(7);
        }
    }

    @Test
    void resetConnectionEnds() throws IOException {
        // Given
        proxy.reset();

        // When
        try (Socket client = connected()) {

            // Then
            assertThatThrownBy(() -> answerOrEnd(client)).isInstanceOf(IOException.class);
        }
    }

    private static void answerOrEnd(Socket client) throws IOException {
        if (answer(client, 7) < 0) {
            throw new IOException("ended");
        }
    }

    @Test
    void blackHoleTakesAndNeverAnswers() throws IOException {
        // Given
        proxy.blackHole();

        // When
        try (Socket client = connected()) {

            // Then
            assertSilent(client, 7);
            assertThat(served).hasValue(0);
        }
    }

    @Test
    void halfOpenConnectionsAreSilentUntilTheyAreHealed() throws IOException {
        // Given
        try (Socket old = connected()) {
            assertThat(answer(old, 6)).isEqualTo(6);

            // When
            proxy.halfOpen();

            // Then
            assertSilent(old, 7);
            try (Socket fresh = connected()) {
                assertSilent(fresh, 8);
                proxy.heal();
                assertThat(fresh.getInputStream().read()).isEqualTo(8);
            }
            assertThat(old.getInputStream().read()).isEqualTo(7);
        }
    }

    @Test
    void onlyOldConnectionsAreFrozen() throws IOException {
        // Given
        try (Socket old = connected()) {
            assertThat(answer(old, 6)).isEqualTo(6);

            // When
            proxy.freezeOld();

            // Then
            assertSilent(old, 7);
            try (Socket fresh = connected()) {
                assertThat(answer(fresh, 8)).isEqualTo(8);
            }
        }
    }

    @Test
    void delayedAnswerComesLater() throws IOException {
        // Given
        proxy.delay(Duration.ofMillis(SILENCE_MILLIS));
        try (Socket client = connected()) {
            long beganNanos = System.nanoTime();

            // When
            int answer = answer(client, 7);

            // Then
            assertThat(answer).isEqualTo(7);
            assertThat(Duration.ofNanos(System.nanoTime() - beganNanos))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(2 * SILENCE_MILLIS));
        }
    }

    @Test
    void cutConnectionEnds() throws IOException {
        // Given
        try (Socket client = connected()) {
            assertThat(answer(client, 6)).isEqualTo(6);

            // When
            proxy.cut();

            // Then
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void lostResponseWasServed() throws IOException {
        // Given
        proxy.loseResponses(1);

        // When
        try (Socket client = connected()) {

            // Then
            assertThat(answer(client, 7)).isEqualTo(-1);
            assertThat(served).hasValue(1);
        }
        try (Socket next = connected()) {
            assertThat(answer(next, 8)).isEqualTo(8);
        }
    }

    private static void assertSilent(Socket client, int sent) {
        assertThatThrownBy(
                        () -> {
                            client.setSoTimeout(SILENCE_MILLIS);
                            var _ = answer(client, sent);
                        })
                .isInstanceOf(SocketTimeoutException.class);
    }

    private static int answer(Socket client, int sent) throws IOException {
        client.getOutputStream().write(sent);
        return client.getInputStream().read();
    }

    private Socket connected() throws IOException {
        return new Socket(InetAddress.ofLiteral("127.0.0.1"), proxy.port());
    }
}
