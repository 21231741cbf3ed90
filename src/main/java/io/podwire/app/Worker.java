package io.podwire.app;

import io.podwire.codec.EventEncoder;
import io.podwire.codec.StateCodec;
import io.podwire.execute.Pods;
import io.podwire.http.Console;
import io.podwire.http.Probes;
import io.podwire.kafka.Assignment;
import io.podwire.kafka.GroupOffsets;
import io.podwire.kafka.Intake;
import io.podwire.kafka.IntakeSettings;
import io.podwire.kafka.KafkaClients;
import io.podwire.kafka.LostMarkers;
import io.podwire.kafka.Publisher;
import io.podwire.kafka.RecordProbe;
import io.podwire.kafka.Records;
import io.podwire.kafka.StateRestore;
import io.podwire.kafka.TenancyGuard;
import io.podwire.kafka.TopicLayout;
import io.podwire.kafka.Transactions;
import io.podwire.kubernetes.KubernetesClients;
import io.podwire.kubernetes.RequestTimes;
import io.podwire.ledger.Ledger;
import io.podwire.watch.PodView;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// One worker: from its parts to its end.
///
/// [#run] is the life of the process and is called once; [#stop] may come from any thread, at any time.
public final class Worker {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final int RECORDS_IN_HAND = 2_000;
    private static final long BYTES_IN_HAND = 8L << 20;

    /// Longer than it takes where all answer; where something is away, a worker joins all the same.
    private static final Duration REHEARSAL = Duration.ofSeconds(3);

    private final WorkerParts parts;
    private final KubernetesClients kubernetes;
    private final Pods pods;
    private final InstantSource clock;
    private final Vitals vitals;
    private final Meters meters;
    private final ConsoleSources console;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    /// Why a thread of the worker ended before it was asked to.
    private volatile Optional<RuntimeException> failure = Optional.empty();

    /// @param kubernetes closed by the caller, after [#run] has returned
    public Worker(WorkerParts parts, KubernetesClients kubernetes, InstantSource clock) {
        this(parts, kubernetes, times -> kubernetes.pods(PodView::of, times), clock);
    }

    /// @param pods what commands are carried out against, while all else asks the API server
    Worker(
            WorkerParts parts,
            KubernetesClients kubernetes,
            Function<RequestTimes, Pods> pods,
            InstantSource clock) {
        this.parts = Objects.requireNonNull(parts, "parts");
        this.kubernetes = Objects.requireNonNull(kubernetes, "kubernetes");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.vitals = new Vitals(brokers(parts));
        this.meters = new Meters(clock);
        this.pods = pods.apply(meters.requests());
        this.console = new ConsoleSources(parts, clock);
    }

    private static String brokers(WorkerParts parts) {
        return String.valueOf(parts.kafka().admin().get("bootstrap.servers"));
    }

    /// What to ask whether the worker lives and works; from any thread, before, while and after it runs.
    public Probes probes() {
        return vitals.probes();
    }

    /// What Prometheus scrapes; from any thread.
    public String metrics() {
        return meters.scrape();
    }

    /// The page that shows this worker; from any thread, before, while and after it runs.
    public Console console() {
        return console.console(kubernetes.namespace());
    }

    /// Works until [#stop], or until the publisher or the intake cannot go on.
    ///
    /// @throws Transactions.Fenced where another worker with the same id took over
    public void run() throws InterruptedException {
        try {
            if (parts.kafka().brokers().awaitResolvable(stop)) {
                assembled();
            }
        } finally {
            meters.close();
            ended.countDown();
        }
    }

    private void assembled() throws InterruptedException {
        KafkaClients clients = new KafkaClients(parts.kafka());
        String groupId = parts.publisher().groupId();
        StateCodec states = new StateCodec();
        // Closed bottom to top, after the intake has given its partitions up: each part outlives
        // its users.
        try (var admin = clients.admin();
                // Its own: a question about a topic that is gone keeps a client busy until it gives
                // up.
                var topicAdmin = clients.admin();
                var transactions =
                        new Transactions(
                                () ->
                                        clients.transactionalProducer(
                                                parts.publisher().transactionalId()),
                                new GroupOffsets(admin, groupId),
                                new LostMarkers(admin, parts.publisher().transactionalId()),
                                new Records(
                                        parts.topics(), new EventEncoder(groupId), states, groupId),
                                parts.publisher());
                var flow = new Flow(parts, kubernetes, pods, clock);
                var rehearsal = new Rehearsal(REHEARSAL);
                var opener = Executors.newSingleThreadExecutor(Thread.ofVirtual().factory())) {
            var cluster = new AnsweringCluster(kubernetes.identity());
            rehearsal.begin(cluster::await);
            rehearsal.begin(flow.watch()::rehearse);
            var layout = new TopicLayout(topicAdmin, parts.topics());
            Map<String, String> topicIds =
                    layout.await(parts.kafka().brokers(), () -> stop.getCount() == 0);
            transactions.begin(() -> stop.getCount() == 0);
            if (stop.getCount() == 0) {
                return;
            }
            try (var member = clients.groupMember(admin)) {
                var publisher =
                        new Publisher(
                                new Ledger(parts.ledger()),
                                transactions,
                                parts.publisher(),
                                console.beside(meters.commits()));
                var guard = new TenancyGuard(groupId, topicIds, cluster, parts.topics().states());
                var restore =
                        new StateRestore(clients::reader, states, parts.topics().states(), guard);
                rehearsal.begin(() -> restore.rehearse(0));
                var assignment = new Assignment(member, publisher, restore, flow.worker(), opener);
                var intake =
                        new Intake(
                                member,
                                assignment,
                                flow.worker(),
                                new RecordProbe(clients::probe),
                                new IntakeSettings(
                                        parts.topics().commands(), RECORDS_IN_HAND, BYTES_IN_HAND));
                vitals.begin(intake, assignment, flow.watch());
                meters.bind(intake.clientMeters(), assignment, flow);
                console.begin(assignment.pods());
                Thread looking = start("topics", () -> layout.watch(stop));
                rehearsal.end();
                work(intake, publisher, opener);
                looking.join();
            }
        }
    }

    private void work(Intake intake, Publisher publisher, ExecutorService opener)
            throws InterruptedException {
        Thread publishing = start("publisher", publisher::run);
        Thread taking = start("intake", intake::run);
        LOG.atInfo()
                .addKeyValue("group", parts.publisher().groupId())
                .addKeyValue("worker", parts.publisher().workerId())
                .log("started");
        stop.await();
        intake.stop();
        if (failure.isPresent()) {
            publishing.interrupt(); // what it waits for may never come, and the intake waits for it
        }
        taking.join();
        publisher.stop();
        publishing.join();
        opener.shutdownNow();
        LOG.atInfo().log("stopped");
        failure.ifPresent(
                e -> {
                    throw e;
                });
    }

    /// A thread that fails ends the worker: a half of it would take commands in and never answer.
    private Thread start(String name, Work work) {
        return Thread.ofPlatform()
                .name(name)
                .start(
                        () -> {
                            try {
                                work.run();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            } catch (RuntimeException e) {
                                fail(e);
                            } finally {
                                stop.countDown();
                            }
                        });
    }

    /// What fails after that follows from it.
    private synchronized void fail(RuntimeException cause) {
        if (failure.isEmpty()) {
            failure = Optional.of(cause);
        }
    }

    /// Asks the worker to end and waits until it has.
    public void stop() throws InterruptedException {
        stop.countDown();
        ended.await();
    }

    private interface Work {
        void run() throws InterruptedException;
    }
}
