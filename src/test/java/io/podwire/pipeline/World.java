package io.podwire.pipeline;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.podwire.codec.CodecLimits;
import io.podwire.codec.CommandDecoder;
import io.podwire.dispatch.Lanes;
import io.podwire.execute.ExecutorSettings;
import io.podwire.execute.ExecutorSettings.ForeignPods;
import io.podwire.execute.Pacing;
import io.podwire.manifest.PodManifest;
import io.podwire.policy.CommandKind;
import io.podwire.policy.NamespacePattern;
import io.podwire.policy.PodRules;
import io.podwire.policy.PodSecurityLevel;
import io.podwire.policy.Policy;
import io.podwire.policy.PolicySettings;
import io.podwire.protocol.CommandError;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.Event;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.RecordRef;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/// The flow from records to settled facts, over pods and a partition in memory.
final class World {
    static final int PARTITION = 3;
    static final PodRef POD = new PodRef("jobs", "train");
    private static final CommandDecoder DECODER =
            new CommandDecoder("jobs", CodecLimits.standard());

    final StagedPods pods = new StagedPods();
    final SteppedClock clock = new SteppedClock();
    final MemoryPartition partition = new MemoryPartition(PARTITION);
    final List<Throwable> reported = new CopyOnWriteArrayList<>();
    final InMemorySpanExporter spans = InMemorySpanExporter.create();
    final Lanes<CommandPipeline.LaneKey> lanes;
    final CommandPipeline pipeline;
    private long nextOffset = 10;

    /// Lanes run on the calling thread.
    World() {
        this(Runnable::run, PodSecurityLevel.BASELINE);
    }

    World(Executor threads, PodSecurityLevel level) {
        this.lanes = new Lanes<>(threads, (_, failure) -> reported.add(failure));
        var executor =
                new io.podwire.execute.Executor(
                        pods,
                        new ExecutorSettings(
                                "podwire",
                                ForeignPods.CLOSED,
                                Duration.ofMinutes(5),
                                Pacing.DEFAULT),
                        clock,
                        clock::advance);
        var policy =
                new PolicySettings(
                        List.of(new NamespacePattern("jobs")),
                        Set.of(
                                CommandKind.CREATE,
                                CommandKind.GET,
                                CommandKind.DELETE,
                                CommandKind.LOGS,
                                CommandKind.CANCEL),
                        level,
                        PodRules.DEFAULT);
        var execution =
                new CommandExecution(
                        new Policy(policy),
                        new PodManifest("podwire", Optional.empty()),
                        executor,
                        clock);
        this.pipeline = new CommandPipeline(DECODER, lanes, execution, tracing(spans), clock);
    }

    private static CommandTracing tracing(InMemorySpanExporter spans) {
        var provider =
                SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .build();
        return new CommandTracing(OpenTelemetrySdk.builder().setTracerProvider(provider).build());
    }

    /// Delivers the next record of the topic.
    Delivery deliver(String json) {
        Delivery delivery = record(json);
        again(delivery);
        return delivery;
    }

    /// The next record of the topic.
    Delivery record(String json) {
        return new Delivery(
                new RecordRef("pod-commands", PARTITION, nextOffset++),
                Optional.of(bytes("jobs/train")),
                Optional.of(bytes(json.replace('\'', '"'))),
                List.of(),
                SteppedClock.START);
    }

    /// Delivers a record, whether it was delivered before or not.
    void again(Delivery delivery) {
        pipeline.deliver(delivery, partition);
    }

    static String create(String id) {
        return create(id, "train", "");
    }

    /// @param more fields of the pod, or of the data beside it, each with a comma in front
    static String create(String id, String name, String more) {
        String pod =
                "{'name':'%s','image':'busybox:1.36','resources':{'cpu':1,'memory':'64Mi'}%s}"
                        .formatted(name, more);
        return command(id, "io.podwire.pod.create.v1", "{'pod':" + pod + "}");
    }

    static String createAwaitingRunning(String id) {
        String data =
                "{'pod':{'name':'train','image':'busybox:1.36','resources':{'cpu':1,'memory':'64Mi'}},"
                        + "'await':{'state':'Running','timeout':'60s'}}";
        return command(id, "io.podwire.pod.create.v1", data);
    }

    static String get(String id) {
        return command(id, "io.podwire.pod.get.v1", "{'name':'train'}");
    }

    static String delete(String id) {
        return command(id, "io.podwire.pod.delete.v1", "{'name':'train','timeout':'2m'}");
    }

    static String logs(String id) {
        return command(id, "io.podwire.pod.logs.v1", "{'name':'train','follow':true}");
    }

    static String cancel(String id, String target) {
        String data = "{'name':'train','command':{'source':'/tests','id':'%s'}}".formatted(target);
        return command(id, "io.podwire.command.cancel.v1", data);
    }

    static String command(String id, String type, String data) {
        return "{'specversion':'1.0','id':'%s','source':'/tests','type':'%s','data':%s}"
                .formatted(id, type, data);
    }

    static String expiring(String json, String at) {
        return json.replace("'data':", "'expirytime':'" + at + "','data':");
    }

    /// What a command was answered in the negative.
    static CommandError error(Event event) {
        return switch (event) {
            case Event.CommandRejected rejected -> rejected.error();
            case Event.CommandFailed failed -> failed.error();
            default -> throw new AssertionError("not negative: " + event);
        };
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
