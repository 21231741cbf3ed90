package io.podwire.faults;

import static io.podwire.faults.Conversation.name;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBindingBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.codec.ReadEvent;
import io.podwire.protocol.ErrorReason;
import io.podwire.testkit.RestrictedUser;
import io.podwire.testkit.SharedKafka;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/// The commands that a cluster's authorization and admission refuse.
///
/// Confined to the test's thread.
final class RightsScenes implements AutoCloseable {
    static final Set<ErrorReason> HAS =
            EnumSet.of(
                    ErrorReason.CREATION_ADMISSION_DENIED,
                    ErrorReason.CREATION_FORBIDDEN,
                    ErrorReason.DELETION_ADMISSION_DENIED,
                    ErrorReason.DELETION_FORBIDDEN,
                    ErrorReason.READ_FORBIDDEN,
                    ErrorReason.LOGS_FORBIDDEN);

    private static final String REFUSED = "podwire.test/refused";

    private final Conversation usual;
    private final KubernetesClient admin;
    private final Conversation mayNotGet;
    private final String policy;

    /// @param usual with a worker that may do all
    RightsScenes(Conversation usual, KubernetesClient admin, Path dir)
            throws IOException, ExecutionException, InterruptedException {
        this.usual = usual;
        this.admin = admin;
        String namespace = usual.bench().namespace();
        Path kubeconfig =
                RestrictedUser.kubeconfig(admin, namespace, dir, List.of("list", "watch"));
        var bench = new WorkerBench(SharedKafka.bootstrapServers(), kubeconfig, namespace);
        bench.start(dir);
        this.mayNotGet = new Conversation(bench);
        this.policy = "podwire-refusing-" + namespace;
        refuseDeletion(namespace);
    }

    /// Refuses pods that are labelled so.
    private void refuseDeletion(String namespace) {
        admin.resource(
                        new ValidatingAdmissionPolicyBuilder()
                                .withNewMetadata()
                                .withName(policy)
                                .endMetadata()
                                .withNewSpec()
                                .withNewMatchConstraints()
                                .addNewResourceRule()
                                .withApiGroups("")
                                .withApiVersions("v1")
                                .withOperations("DELETE")
                                .withResources("pods")
                                .endResourceRule()
                                .endMatchConstraints()
                                .addNewValidation()
                                .withExpression(
                                        ("!(has(oldObject.metadata.labels)"
                                                        + " && '%s' in oldObject.metadata.labels)")
                                                .formatted(REFUSED))
                                .endValidation()
                                .endSpec()
                                .build())
                .create();
        admin.resource(
                        new ValidatingAdmissionPolicyBindingBuilder()
                                .withNewMetadata()
                                .withName(policy)
                                .endMetadata()
                                .withNewSpec()
                                .withPolicyName(policy)
                                .withValidationActions("Deny")
                                .withNewMatchResources()
                                .withNewNamespaceSelector()
                                .addToMatchLabels("kubernetes.io/metadata.name", namespace)
                                .endNamespaceSelector()
                                .endMatchResources()
                                .endSpec()
                                .build())
                .create();
    }

    ReadEvent provoke(ErrorReason reason) throws InterruptedException {
        String pod = name("refused");
        return switch (reason) {
            case CREATION_FORBIDDEN -> mayNotGet.create(pod, "");
            case READ_FORBIDDEN -> mayNotGet.ask("pod.get", pod, "");
            case LOGS_FORBIDDEN -> mayNotGet.ask("pod.logs", pod, "");
            case DELETION_FORBIDDEN -> mayNotGet.ask("pod.delete", pod, "");
            case CREATION_ADMISSION_DENIED -> usual.create(pod, ",\"priorityClass\":\"none\"");
            case DELETION_ADMISSION_DENIED -> {
                var _ = usual.create(pod, ",\"labels\":{\"" + REFUSED + "\":\"x\"}");
                yield usual.ask("pod.delete", pod, "");
            }
            default -> throw ErrorScenes.noScene(reason);
        };
    }

    @Override
    public void close() {
        mayNotGet.bench().close();
        admin.admissionRegistration().v1().validatingAdmissionPolicies().withName(policy).delete();
        admin.admissionRegistration()
                .v1()
                .validatingAdmissionPolicyBindings()
                .withName(policy)
                .delete();
    }
}
