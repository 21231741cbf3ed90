package io.podwire.faults;

import static io.podwire.testkit.Canaries.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.codec.ReadEvent;
import io.podwire.sandbox.Fault;
import io.podwire.sandbox.Faults;
import io.podwire.sandbox.SimulatedCluster;
import io.podwire.sandbox.SimulationSettings;
import io.podwire.testkit.Canaries;
import io.podwire.testkit.RealCluster;
import io.podwire.testkit.SharedKafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// Secrets that commands carry, or that pods are given, are told by nothing but the pod and the dead letter.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class CanariesIT {
    private static final String NAMESPACE = "default";
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Literals in every container, in a probe's header, and out of a secret.
    private static final String SECRETS =
            """
            ,'image':'busybox:1.36','env':[{'name':'A','value':'SECRET-plain'},{'name':'B','value':%s},\
            {'name':'C','secretRef':{'name':'hidden','key':'key'}}],\
            'envFrom':[{'secretRef':{'name':'hidden'}}],\
            'probes':{'readiness':{'httpGet':{'port':1,\
            'httpHeaders':[{'name':'Authorization','value':'SECRET-header'}]}}},\
            'initContainers':[{'name':'i','image':'busybox','command':['true'],\
            'resources':{'cpu':'1m','memory':'1Mi'},'env':[{'name':'A','value':'SECRET-init'}]}],\
            'sidecars':[{'name':'s','image':'busybox','command':['sleep','1000'],\
            'resources':{'cpu':'1m','memory':'1Mi'},'env':[{'name':'A','value':'SECRET-beside'}]}]\
            """;

    @TempDir private Path dir;
    private final SimulatedCluster cluster = SimulatedCluster.start(SimulationSettings.defaults());
    private KubernetesClient admin;
    private WorkerBench bench;
    private Conversation conversation;

    @BeforeEach
    void start() throws IOException, ExecutionException, InterruptedException {
        Path kubeconfig = Files.writeString(dir.resolve("kubeconfig"), cluster.kubeconfig());
        admin = RealCluster.client(kubeconfig);
        admin.resource(
                        new SecretBuilder()
                                .withNewMetadata()
                                .withNamespace(NAMESPACE)
                                .withName("hidden")
                                .endMetadata()
                                .withStringData(Map.of("key", Canaries.MARK + "-data"))
                                .build())
                .create();
        bench = new WorkerBench(SharedKafka.bootstrapServers(), kubeconfig, NAMESPACE);
        bench.start(dir, "policy.images=busybox");
        conversation = new Conversation(bench);
    }

    @AfterEach
    void stop() {
        bench.close();
        admin.close();
        cluster.close();
    }

    @Test
    void noSecretIsToldByAnything() throws IOException, InterruptedException {
        // When
        List<ReadEvent> good = carriedOut();
        List<ReadEvent> refused = refused();
        List<ReadEvent> failed = failedByTheServer();

        // Then
        assertThat(good)
                .extracting(ReadEvent::body)
                .hasOnlyElementsOfType(ReadEvent.Succeeded.class);
        assertThat(refused)
                .extracting(ReadEvent::body)
                .hasOnlyElementsOfType(ReadEvent.Rejected.class);
        assertThat(failed)
                .extracting(ReadEvent::json)
                .allSatisfy(answer -> assertThat(answer).contains("INVALID_SPEC", "***"));
        bench.awaitSettled();
        assertNoneOn("events");
        assertNoneOn("states");
        for (String page : List.of("/metrics", "/livez", "/readyz", "/startupz")) {
            assertThat(bench.worker().page(page).body()).satisfies(CanariesIT::assertNone);
        }
        assertThat(bench.worker().log()).allSatisfy(CanariesIT::assertNone);
        assertThat(letters()).isNotEmpty().allSatisfy(CanariesIT::assertOnlyInItsOwnParts);
    }

    private List<ReadEvent> carriedOut() throws InterruptedException {
        String pod = Conversation.name("secret");
        String more = secrets() + Conversation.SLEEPS;
        return List.of(
                conversation.createAndAwait(pod, more, "Running", "60s"),
                conversation.ask("pod.get", pod, ""),
                conversation.ask("pod.get", pod, ",\"view\":\"manifest\""),
                conversation.ask("pod.logs", pod, ""),
                conversation.ask("pod.delete", pod, ",\"force\":true"));
    }

    private List<ReadEvent> refused() throws InterruptedException {
        List<ReadEvent> answers = new ArrayList<>();
        for (String bad : Canaries.badCreates()) {
            answers.add(conversation.raw("bad", bad));
        }
        for (String bad : Canaries.noCommands()) {
            answers.add(conversation.raw("bad", bad));
        }
        String pod = Conversation.name("denied");
        for (String why :
                List.of(
                        ",'namespace':'kube-system'",
                        ",'serviceAccount':'robot'",
                        ",'labels':{'podwire.io/x':'x'}",
                        ",'securityContext':{'capabilities':{'add':['SYS_ADMIN']}}")) {
            answers.add(conversation.create(pod, secrets() + json(why)));
        }
        answers.add(conversation.create(pod, secrets().replaceFirst("busybox:1.36", "nginx:1")));
        var _ = conversation.raw(pod, Conversation.envelope(pod, "pod.get", target(pod)));
        String other =
                Conversation.envelope(
                        pod,
                        "pod.create",
                        Conversation.creation(pod, secrets(), Conversation.SMALL, ""));
        answers.add(conversation.raw(pod, other));
        return answers;
    }

    private static String target(String pod) {
        return Conversation.target(pod, "");
    }

    /// The API server and its webhooks quote what they dislike, each in its way.
    private List<ReadEvent> failedByTheServer() throws IOException, InterruptedException {
        String invalid = "Invalid value: ";
        List<ReadEvent> answers = new ArrayList<>();
        for (String quote :
                List.of(
                        invalid + quotedByGo(Canaries.MARK + "-plain"),
                        invalid + quotedByGo(Canaries.AWKWARD),
                        invalid + JSON.writeValueAsString(Canaries.AWKWARD),
                        invalid + quotedByGoJson(),
                        invalid + inAscii(),
                        invalid + Canaries.AWKWARD,
                        "x".repeat(1000) + quotedByGo(Canaries.MARK + "-plain"),
                        invalid + quotedByGo(Canaries.MARK + "-header"),
                        "core.EnvVar{Name:\"A\", Value:"
                                + quotedByGo(Canaries.MARK + "-init")
                                + "}",
                        "env A is " + Canaries.MARK + "-beside, not allowed")) {
            for (String body : List.of(status(quote), "{" + quote, quote)) {
                cluster.faults().inject(Faults.podCreates(), 1, answer(body));
                answers.add(conversation.create(Conversation.name("echo"), secrets()));
            }
        }
        return answers;
    }

    private static Fault answer(String body) {
        return new Fault.Answer(422, Optional.empty(), Optional.of(body));
    }

    private static String status(String message) throws IOException {
        Map<String, Object> cause =
                Map.of("reason", "Invalid", "message", message, "field", "spec");
        return JSON.writeValueAsString(
                Map.of(
                        "kind", "Status",
                        "apiVersion", "v1",
                        "status", "Failure",
                        "reason", "Invalid",
                        "message", message,
                        "details", Map.of("causes", List.of(cause)),
                        "code", 422));
    }

    /// As `%q` does.
    private static String quotedByGo(String text) {
        String quoted = text.replace("\\", "\\\\").replace("\"", "\\\"");
        return "\"" + quoted.replace("\n", "\\n").replace("\t", "\\t") + "\"";
    }

    /// As Go's JSON does, which minds HTML.
    private static String quotedByGoJson() throws IOException {
        return JSON.writeValueAsString(Canaries.AWKWARD)
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026");
    }

    /// As Python's JSON does.
    private static String inAscii() throws IOException {
        return JSON.writeValueAsString(Canaries.AWKWARD).replace("\u00e9", "\\u00e9");
    }

    private static String secrets() {
        try {
            return json(SECRETS.strip()).formatted(JSON.writeValueAsString(Canaries.AWKWARD));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertNoneOn(String topic) {
        List<String> all = new ArrayList<>();
        bench.readAll(topic, record -> all.add(text(record)));
        assertThat(all).isNotEmpty().allSatisfy(CanariesIT::assertNone);
    }

    private List<ConsumerRecord<byte[], byte[]>> letters() {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        bench.readAll("dlq", all::add);
        return all;
    }

    private static void assertNone(String text) {
        assertThat(Canaries.in(text)).as(text).isFalse();
    }

    /// A dead letter is the record itself; what we add to it is not.
    private static void assertOnlyInItsOwnParts(ConsumerRecord<byte[], byte[]> letter) {
        letter.headers().forEach(header -> assertNone(text(header.value())));
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        StringBuilder all = new StringBuilder(text(record.key())).append(text(record.value()));
        record.headers().forEach(h -> all.append(h.key()).append('=').append(text(h.value())));
        return all.toString();
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }
}
