package io.podwire.codec;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.podwire.manifest.PodManifest;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.Origin;
import io.podwire.protocol.PodRef;
import io.podwire.testkit.SideBySide;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/// Asks an API server, by dry runs, what it thinks of PodConfigs that we judge too.
final class PodConfigOracle {
    private static final PodManifest MANIFEST = new PodManifest("oracle", Optional.empty());

    /// What both say of one config; empty is yes.
    record Judged(ObjectNode pod, Optional<String> ours, Optional<String> theirs) {
        boolean agreed() {
            return ours.isEmpty() == theirs.isEmpty();
        }

        @Override
        public String toString() {
            String text = pod.toString();
            return "ours: %s\ntheirs: %s\n%s"
                    .formatted(
                            ours.orElse("yes"),
                            theirs.orElse("yes"),
                            text.length() > 4000 ? text.substring(0, 4000) + "…" : text);
        }
    }

    private final KubernetesClient client;
    private final String namespace;

    PodConfigOracle(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    List<Judged> judge(List<ObjectNode> pods) throws InterruptedException, ExecutionException {
        return SideBySide.ask(pods, this::judge);
    }

    private Judged judge(ObjectNode pod) {
        return new Judged(pod, ours(pod), theirs(pod));
    }

    private static Optional<String> ours(ObjectNode pod) {
        ObjectNode command =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("specversion", "1.0")
                        .put("id", "c-1")
                        .put("source", "/oracle")
                        .put("type", "io.podwire.pod.create.v1");
        command.putObject("data").set("pod", pod);
        byte[] bytes = command.toString().getBytes(StandardCharsets.UTF_8);
        return switch (Records.DECODER.decode(Records.bytes(bytes))) {
            case Decoded.Valid _ -> Optional.empty();
            case Decoded.Invalid(_, var error) -> Optional.of(error.message());
        };
    }

    /// Of the pod that we would make of it, were it valid or not.
    private Optional<String> theirs(ObjectNode pod) {
        PodRef name = new PodRef(namespace, Values.text(pod, "name"));
        Pod manifest = MANIFEST.of(name, PodConfigReader.read(pod), origin(name));
        try {
            client.pods().inNamespace(namespace).resource(manifest).dryRun(true).create();
            return Optional.empty();
        } catch (KubernetesClientException e) {
            if (!Set.of(400, 403, 422).contains(e.getCode())) {
                throw e;
            }
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /// With the largest marks that there can be.
    private static Origin origin(PodRef pod) {
        return new Origin(
                Records.REF,
                Optional.of(pod.key()),
                Optional.of(new CommandRef("😀".repeat(512), "c".repeat(128))),
                Optional.of("io.podwire.pod.create.v1"),
                Optional.of(pod),
                Optional.empty(),
                Optional.empty(),
                Optional.of("f".repeat(64)));
    }
}
