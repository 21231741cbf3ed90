package io.podwire.bench;

import io.podwire.protocol.Command;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Creates pods with so many calls in flight and nothing else: what the API server gives to one client. The commands
/// are in its memory; its figures are in a file of its own.
final class BareCreates implements Arm {
    private static final Load LOAD =
            new Load(
                    EndToEnd.MOST_COMMANDS,
                    EndToEnd.MOST_COMMANDS,
                    Load.Spread.IN_TURN,
                    Load.Kind.CREATE);

    private final ArmSpec spec;
    private final PlainMessages messages;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();

    BareCreates(ArmSpec spec) {
        this.spec = spec;
        this.messages = new PlainMessages(spec);
    }

    static Path rates(ArmSpec spec) {
        return spec.tally().resolveSibling(spec.group() + ".rates");
    }

    @Override
    public void run() throws InterruptedException {
        try (RealPods pods = new RealPods(spec)) {
            var _ = perSecond(pods, EndToEnd.WARM_UP_IN_FLIGHT, EndToEnd.WARM_UP);
            List<String> rates = new ArrayList<>();
            for (int inFlight : EndToEnd.IN_FLIGHT) {
                rates.add(Double.toString(perSecond(pods, inFlight, spec.window())));
            }
            Files.writeString(rates(spec), String.join("\n", rates));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private double perSecond(RealPods pods, int inFlight, Duration window)
            throws InterruptedException {
        int before = done.get();
        long deadlineNanos = System.nanoTime() + window.toNanos();
        int within;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int each = 0; each < inFlight; each++) {
                var _ = threads.submit(() -> createUntil(deadlineNanos, pods));
            }
            Thread.sleep(window);
            within = done.get();
        }
        return (within - before) / (window.toMillis() / 1e3);
    }

    private void createUntil(long deadlineNanos, RealPods pods) {
        while (System.nanoTime() < deadlineNanos) {
            int number = next.getAndIncrement();
            byte[] key = LOAD.key(number).getBytes(StandardCharsets.UTF_8);
            byte[] value = LOAD.value(number, number).getBytes(StandardCharsets.UTF_8);
            Command command = messages.decode(new ConsumerRecord<>("none", 0, number, key, value));
            var _ = pods.carryOut(command);
            done.incrementAndGet();
        }
    }

    /// It ends by itself.
    @Override
    public void stop() {}
}
