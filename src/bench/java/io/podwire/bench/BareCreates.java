package io.podwire.bench;

import io.podwire.protocol.Command;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Creates pods with so many calls in flight and nothing else: what the API server gives to one client. The commands
/// are in its memory; its turns and what they brought are in files, see [TurnFiles].
final class BareCreates implements Arm {
    private final ArmSpec spec;
    private final PlainMessages messages;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private volatile boolean stopped;

    BareCreates(ArmSpec spec) {
        this.spec = spec;
        this.messages = new PlainMessages(spec);
    }

    @Override
    public void run() throws InterruptedException {
        TurnFiles files = new TurnFiles(spec);
        try (RealPods pods = new RealPods(spec)) {
            Optional<Turn> turn = files.next(() -> !stopped);
            while (turn.isPresent()) {
                files.tell(take(turn.get(), pods));
                turn = files.next(() -> !stopped);
            }
        }
    }

    private Made take(Turn turn, RealPods pods) throws InterruptedException {
        int before = done.get();
        int last = next.get() + turn.creates();
        long begunNanos = System.nanoTime();
        long deadlineNanos = begunNanos + turn.window().toNanos();
        CountDownLatch open = new CountDownLatch(turn.inFlight());
        List<Future<?>> all = new ArrayList<>();
        double perSecond;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int each = 0; each < turn.inFlight(); each++) {
                all.add(
                        threads.submit(
                                () -> {
                                    createUntil(deadlineNanos, last, pods);
                                    open.countDown();
                                }));
            }
            var _ = open.await(turn.window().toNanos(), TimeUnit.NANOSECONDS);
            perSecond = (done.get() - before) * 1e9 / (System.nanoTime() - begunNanos);
        }
        // One that failed would have created no more, and the rate been another.
        all.forEach(Future::resultNow);
        return new Made(done.get() - before, perSecond);
    }

    private void createUntil(long deadlineNanos, int last, RealPods pods) {
        int number = next.getAndIncrement();
        while (number < last && System.nanoTime() < deadlineNanos) {
            byte[] key = Creates.LOAD.key(number).getBytes(StandardCharsets.UTF_8);
            byte[] value = Creates.LOAD.value(number, number).getBytes(StandardCharsets.UTF_8);
            Command command = messages.decode(new ConsumerRecord<>("none", 0, number, key, value));
            var _ = pods.carryOut(command);
            done.incrementAndGet();
            number = next.getAndIncrement();
        }
    }

    @Override
    public void stop() {
        stopped = true;
    }
}
