package io.podwire.faults;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.KubernetesClient;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The objects of `deploy/kubernetes/base`.
final class DeployBase {
    private static final Path FOLDER = Path.of("deploy", "kubernetes", "base");

    private final KubernetesClient admin;

    /// @param admin closed by the caller
    DeployBase(KubernetesClient admin) {
        this.admin = admin;
    }

    <T extends HasMetadata> T read(String file, Class<T> type) throws IOException {
        try (var text = Files.newInputStream(FOLDER.resolve(file))) {
            return type.cast(admin.load(text).items().getFirst());
        }
    }

    /// What the Role allows, each as `verb resource`.
    Set<String> allowed() throws IOException {
        return read("rights/role.yaml", Role.class).getRules().stream()
                .flatMap(DeployBase::deeds)
                .collect(Collectors.toSet());
    }

    private static Stream<String> deeds(PolicyRule rule) {
        return rule.getResources().stream()
                .flatMap(resource -> rule.getVerbs().stream().map(verb -> verb + " " + resource));
    }

    /// Lets the namespace refuse pods that break a Pod Security Standard.
    void enforce(String namespace, String standard) {
        var _ =
                admin.namespaces()
                        .withName(namespace)
                        .edit(
                                each ->
                                        new NamespaceBuilder(each)
                                                .editMetadata()
                                                .addToLabels(
                                                        "pod-security.kubernetes.io/enforce",
                                                        standard)
                                                .endMetadata()
                                                .build());
    }
}
