package io.podwire.testkit;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A service account of the real cluster that may do on pods of its namespace what it is given, and no more.
public final class RestrictedUser {
    private static final String NAME = "restricted";

    private RestrictedUser() {}

    /// Makes it; returns the kubeconfig with which a client is it.
    ///
    /// @param verbs such as `list`; at least one
    public static Path kubeconfig(
            KubernetesClient admin, String namespace, Path directory, List<String> verbs)
            throws IOException {
        admin.serviceAccounts()
                .inNamespace(namespace)
                .resource(
                        new ServiceAccountBuilder()
                                .withNewMetadata()
                                .withName(NAME)
                                .endMetadata()
                                .build())
                .create();
        allow(admin, namespace, verbs);
        return kubeconfig(admin, namespace, directory, NAME);
    }

    private static Path kubeconfig(
            KubernetesClient admin, String namespace, Path directory, String serviceAccount)
            throws IOException {
        String token =
                admin.serviceAccounts()
                        .inNamespace(namespace)
                        .withName(serviceAccount)
                        .tokenRequest(
                                new TokenRequestBuilder()
                                        .withNewSpec()
                                        .withExpirationSeconds(3600L)
                                        .endSpec()
                                        .build())
                        .getStatus()
                        .getToken();
        return Files.writeString(
                directory.resolve("kubeconfig-" + serviceAccount), text(admin, token));
    }

    /// Gives it more rights than it has.
    public static void allow(KubernetesClient admin, String namespace, List<String> verbs) {
        String role = "pods-" + String.join("-", verbs);
        admin.rbac()
                .roles()
                .inNamespace(namespace)
                .resource(
                        new RoleBuilder()
                                .withNewMetadata()
                                .withName(role)
                                .endMetadata()
                                .addNewRule()
                                .withApiGroups("")
                                .withResources("pods")
                                .withVerbs(verbs)
                                .endRule()
                                .build())
                .create();
        admin.rbac()
                .roleBindings()
                .inNamespace(namespace)
                .resource(
                        new RoleBindingBuilder()
                                .withNewMetadata()
                                .withName(role)
                                .endMetadata()
                                .withNewRoleRef("rbac.authorization.k8s.io", "Role", role)
                                .addNewSubject("", "ServiceAccount", NAME, namespace)
                                .build())
                .create();
    }

    private static String text(KubernetesClient admin, String token) {
        return """
               apiVersion: v1
               kind: Config
               current-context: it
               clusters:
               - name: it
                 cluster:
                   server: %s
                   certificate-authority-data: %s
               contexts:
               - name: it
                 context:
                   cluster: it
                   user: it
               users:
               - name: it
                 user:
                   token: %s
               """
                .formatted(admin.getMasterUrl(), admin.getConfiguration().getCaCertData(), token);
    }
}
