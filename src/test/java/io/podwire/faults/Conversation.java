package io.podwire.faults;

import io.podwire.codec.ReadEvent;
import io.podwire.protocol.RecordRef;

import org.apache.kafka.clients.producer.ProducerRecord;

import java.util.concurrent.atomic.AtomicInteger;

/// Single commands to the workers of a bench, and the answer to each.
///
/// What is added to a command is JSON: fields, each after a comma. Confined to the test's thread.
final class Conversation {
    static final String SMALL = "\"cpu\":\"5m\",\"memory\":\"16Mi\"";
    static final String SLEEPS = ",\"command\":[\"sleep\",\"1000\"]";

    /// Asks for a node that there is not.
    static final String NOWHERE = ",\"nodeSelector\":{\"podwire/it\":\"none\"}";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final WorkerBench bench;

    Conversation(WorkerBench bench) {
        this.bench = bench;
    }

    WorkerBench bench() {
        return bench;
    }

    /// Unique in this JVM.
    static String name(String stem) {
        return stem + "-" + NUMBER.incrementAndGet();
    }

    /// Sends a command that names the pod; returns its answer.
    ReadEvent ask(String type, String pod, String more) throws InterruptedException {
        return raw(pod, envelope(name("c"), type, target(pod, more)));
    }

    /// Sends a command without waiting; returns its id.
    String send(String type, String pod, String more) {
        String id = name("c");
        var _ = sent(pod, envelope(id, type, target(pod, more)));
        return id;
    }

    ReadEvent create(String pod, String more) throws InterruptedException {
        return create(pod, more, SMALL);
    }

    ReadEvent create(String pod, String more, String resources) throws InterruptedException {
        return raw(pod, envelope(name("c"), "pod.create", creation(pod, more, resources, "")));
    }

    /// Creates a pod and waits for a state.
    ReadEvent createAndAwait(String pod, String more, String state, String timeout)
            throws InterruptedException {
        return bench.events().answer(sendCreate(pod, more, state, timeout));
    }

    /// Returns the id of the command, which is still open.
    String sendCreate(String pod, String more, String state, String timeout) {
        String id = name("c");
        String await = ",\"await\":{\"state\":\"%s\",\"timeout\":\"%s\"}".formatted(state, timeout);
        var _ = sent(pod, envelope(id, "pod.create", creation(pod, more, SMALL, await)));
        return id;
    }

    private String key(String pod) {
        return bench.namespace() + "/" + pod;
    }

    /// Sends a value as it is; returns the answer to that very record.
    ReadEvent raw(String key, String value) throws InterruptedException {
        return bench.answerTo(sent(key, value));
    }

    /// As [#raw(String, String)], into a partition of the caller's choice.
    ReadEvent raw(int partition, String key, String value) throws InterruptedException {
        return bench.answerTo(
                bench.sendAside(
                        new ProducerRecord<>(
                                bench.commands(),
                                partition,
                                WorkerBench.bytes(key),
                                WorkerBench.bytes(value))));
    }

    private RecordRef sent(String pod, String value) {
        return bench.sendAside(
                new ProducerRecord<>(
                        bench.commands(), WorkerBench.bytes(key(pod)), WorkerBench.bytes(value)));
    }

    static String envelope(String id, String type, String data) {
        return WorkerBench.envelope(id, type, data);
    }

    static String target(String pod, String more) {
        return "{\"name\":\"%s\"%s}".formatted(pod, more);
    }

    /// @param await what the command says beside the pod
    static String creation(String pod, String more, String resources, String await) {
        String image = more.contains("\"image\"") ? "" : ",\"image\":\"busybox:1.36\"";
        return "{\"pod\":{\"name\":\"%s\"%s,\"resources\":{%s}%s}%s}"
                .formatted(pod, image, resources, more, await);
    }
}
