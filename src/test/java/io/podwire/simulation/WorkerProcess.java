package io.podwire.simulation;

import io.podwire.codec.CodecLimits;
import io.podwire.codec.CommandDecoder;
import io.podwire.codec.EventEncoder;
import io.podwire.codec.StateCodec;
import io.podwire.dispatch.Lanes;
import io.podwire.kafka.Assignment;
import io.podwire.kafka.GroupMember;
import io.podwire.kafka.GroupSession;
import io.podwire.kafka.Intake;
import io.podwire.kafka.IntakeSettings;
import io.podwire.kafka.Publisher;
import io.podwire.kafka.PublisherSettings;
import io.podwire.kafka.RecordProbe;
import io.podwire.kafka.Records;
import io.podwire.kafka.StateRestore;
import io.podwire.kafka.TenancyGuard;
import io.podwire.kafka.Topics;
import io.podwire.kafka.Transactions;
import io.podwire.ledger.Ledger;
import io.podwire.ledger.LedgerSettings;
import io.podwire.pipeline.CommandPipeline;

import org.apache.kafka.common.KafkaException;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// One worker: the real parts, put together as the real worker does it, over simulated ports.
final class WorkerProcess {
    private static final Topics TOPICS =
            new Topics(Script.COMMANDS, Script.EVENTS, Script.STATES, Script.DEAD_LETTERS);

    /// Keeps nothing; to read the schemas for each worker takes longer than the worker lives.
    private static final CommandDecoder DECODER =
            new CommandDecoder(Script.NAMESPACE, CodecLimits.standard());

    private final World world;
    private final Host host;
    private final PublisherSettings settings;
    private final Runnable whenEnded;
    private final CountDownLatch stop = new CountDownLatch(1);

    /// @param whenEnded told at its end, unless it is killed
    WorkerProcess(World world, Host host, String workerId, Runnable whenEnded) {
        this.world = world;
        this.host = host;
        this.settings =
                new PublisherSettings(
                        Broker.GROUP, workerId, Duration.ofMillis(10), Duration.ofMillis(20), 500);
        this.whenEnded = whenEnded;
    }

    void start() {
        world.scheduler().start(host, this::run);
    }

    Host host() {
        return host;
    }

    /// Asked to end in good order.
    void stop() {
        stop.countDown();
    }

    private void run() {
        try {
            live();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            ended(e);
        }
        host.kill();
        world.scheduler().sort();
        whenEnded.run();
    }

    private void live() throws InterruptedException {
        KafkaLine line = new KafkaLine(world, host);
        SimulatedConsumer member = new SimulatedConsumer(line);
        WorkerCluster cluster = new WorkerCluster(world, host, member::has);
        StateCodec states = new StateCodec();
        WorkerOffsets offsets = new WorkerOffsets(line, settings.transactionalId());
        try (var transactions =
                        new Transactions(
                                () -> SimulatedProducer.open(line, settings.transactionalId()),
                                offsets,
                                offsets,
                                new Records(
                                        TOPICS,
                                        new EventEncoder(Broker.GROUP),
                                        states,
                                        Broker.GROUP),
                                settings);
                var flow = new WorkerFlow(world, host, cluster);
                var opener = Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
                var inGroup =
                        new GroupMember(
                                member.asConsumer(),
                                new GroupSession(Group.SESSION, SimulatedConsumer.HEARTBEAT))) {
            transactions.begin(() -> stop.getCount() == 0);
            var publisher =
                    new Publisher(
                            new Ledger(new LedgerSettings(Duration.ofHours(24), 512 << 10, 2, 64)),
                            transactions,
                            settings,
                            (_, _) -> {});
            var restore =
                    new StateRestore(
                            isolation -> SimulatedReader.open(line, isolation),
                            states,
                            Script.STATES,
                            new TenancyGuard(
                                    Broker.GROUP, Map.of(), Optional::empty, Script.STATES));
            var assignment = new Assignment(inGroup, publisher, restore, flow.worker(), opener);
            var intake =
                    new Intake(
                            inGroup,
                            assignment,
                            flow.worker(),
                            new RecordProbe(WorkerProcess::noProbe),
                            new IntakeSettings(Script.COMMANDS, 8, 1 << 20));
            work(intake, publisher, opener);
        }
    }

    private static org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> noProbe() {
        throw new UnsupportedOperationException("no record is unreadable");
    }

    private void work(Intake intake, Publisher publisher, ExecutorService opener)
            throws InterruptedException {
        Thread publishing = begin(publisher::run);
        Thread taking = begin(intake::run);
        stop.await();
        intake.stop();
        taking.join();
        publisher.stop();
        publishing.join();
        var _ = opener.shutdownNow();
    }

    private Thread begin(Work work) {
        return Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                work.run();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            } catch (RuntimeException e) {
                                ended(e);
                            } finally {
                                stop.countDown();
                            }
                        });
    }

    /// Brokers that do not answer and a fence end a worker; anything else is a defect.
    private void ended(RuntimeException e) {
        world.chaos().tell(host.name() + " ends: " + e);
        if (!(e instanceof KafkaException) && !(e instanceof Transactions.Fenced)) {
            List<String> ours =
                    Arrays.stream(e.getStackTrace())
                            .filter(frame -> frame.getClassName().startsWith("io.podwire."))
                            .limit(4)
                            .map(StackTraceElement::toString)
                            .toList();
            world.promises().broken(Promise.DEFECT, e + " at " + ours);
        }
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    static Lanes<CommandPipeline.LaneKey> lanes(World world, ExecutorService threads) {
        return new Lanes<>(
                threads,
                (lane, failure) ->
                        world.promises()
                                .broken(Promise.DEFECT, "lane " + lane.key() + ": " + failure));
    }

    static CommandDecoder decoder() {
        return DECODER;
    }
}
