package io.podwire.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class ConnectionTest {
    private static final String SERVER = "https://127.0.0.1:6443";

    @TempDir private Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private Optional<Path> kubeconfig = Optional.empty();
    private Optional<String> context = Optional.empty();
    private Optional<String> namespace = Optional.empty();
    private Path serviceAccount;

    @BeforeEach
    void emptySurroundings() throws IOException {
        serviceAccount = Files.createDirectory(directory.resolve("serviceaccount"));
    }

    private KubernetesSettings settings() {
        return new KubernetesSettings(kubeconfig, context, namespace, Duration.ofSeconds(10));
    }

    private Surroundings around() {
        return new Surroundings(environment, directory, serviceAccount);
    }

    private Config config() {
        return switch (ClusterAccess.find(settings(), around())) {
            case ClusterAccess.Known(var config) -> config;
            case ClusterAccess.Mistaken(var mistakes) -> throw new AssertionError(mistakes);
        };
    }

    private List<String> mistakes() {
        return switch (Connection.open(settings(), around())) {
            case Connection.Mistaken(var mistakes) -> mistakes;
            case Connection.Open(var clients) -> {
                clients.close();
                throw new AssertionError("no mistake was found");
            }
        };
    }

    private String namespaceInUse() {
        return switch (Connection.open(settings(), around())) {
            case Connection.Mistaken(var mistakes) -> throw new AssertionError(mistakes);
            case Connection.Open(var clients) -> {
                clients.close();
                yield clients.namespace();
            }
        };
    }

    private void runsInAPod() throws IOException {
        environment.put("KUBERNETES_SERVICE_HOST", "10.96.0.1");
        environment.put("KUBERNETES_SERVICE_PORT", "6443");
        Files.writeString(serviceAccount.resolve("token"), "token-1\n");
        Files.writeString(serviceAccount.resolve("ca.crt"), "");
        Files.writeString(serviceAccount.resolve("namespace"), "workers");
    }

    @Test
    void settingWinsOverEverythingElse() throws IOException {
        // Given
        kubeconfig = Optional.of(Kubeconfig.write(directory, "mine", SERVER, ""));
        environment.put("KUBECONFIG", "/nowhere/config");
        runsInAPod();

        // When
        Config config = config();

        // Then
        assertThat(config.getMasterUrl()).startsWith(SERVER);
        assertThat(config.getCurrentContext().getName()).isEqualTo("lab");
    }

    @Test
    void variableWinsOverTheHomeFile() throws IOException {
        // Given
        Path home = Files.createDirectory(directory.resolve(".kube"));
        Kubeconfig.write(home, "https://10.0.0.1:6443");
        environment.put("KUBECONFIG", Kubeconfig.write(directory, SERVER).toString());

        // When
        Config config = config();

        // Then
        assertThat(config.getMasterUrl()).startsWith(SERVER);
    }

    @Test
    void homeFileWinsOverThePodWeRunIn() throws IOException {
        // Given
        Path home = Files.createDirectory(directory.resolve(".kube"));
        Kubeconfig.write(home, SERVER);
        runsInAPod();

        // When
        Config config = config();

        // Then
        assertThat(config.getMasterUrl()).startsWith(SERVER);
    }

    @Test
    void podUsesItsServiceAccountAndReadsTheTokenAnew() throws IOException {
        // Given
        runsInAPod();
        Config config = config();
        Files.writeString(serviceAccount.resolve("token"), "token-2\n");

        // When
        String token = config.getOauthTokenProvider().getToken();

        // Then
        assertThat(token).isEqualTo("token-2");
        assertThat(config.getMasterUrl()).isEqualTo("https://10.96.0.1:6443/");
        assertThat(config.getNamespace()).isEqualTo("workers");
        assertThat(config.getCaCertFile()).endsWith("ca.crt");
        assertThat(config.isTrustCerts()).isFalse();
    }

    @Test
    void addressOfTheSixthVersionIsBracketed() throws IOException {
        // Given
        runsInAPod();
        environment.put("KUBERNETES_SERVICE_HOST", "fd00::1");
        Files.delete(serviceAccount.resolve("namespace"));

        // When
        Config config = config();

        // Then
        assertThat(config.getMasterUrl()).isEqualTo("https://[fd00::1]:6443/");
        assertThat(config.getNamespace()).isEqualTo("default");
    }

    @Test
    void severalFilesAreMerged() throws IOException {
        // Given
        Path one = Kubeconfig.write(directory, "one", SERVER, "");
        Path two =
                Files.writeString(
                        directory.resolve("two"),
                        """
                        apiVersion: v1
                        kind: Config
                        clusters:
                        - name: there
                          cluster:
                            server: https://10.0.0.2:6443
                        contexts:
                        - name: second
                          context:
                            cluster: there
                            user: me
                        """);
        environment.put("KUBECONFIG", one + File.pathSeparator + two);
        context = Optional.of("second");

        // When
        Config config = config();

        // Then
        assertThat(config.getMasterUrl()).startsWith("https://10.0.0.2:6443");
    }

    @Test
    void namespaceIsThatOfTheContext() throws IOException {
        // Given
        kubeconfig = Optional.of(Kubeconfig.write(directory, SERVER));

        // When
        String used = namespaceInUse();

        // Then
        assertThat(used).isEqualTo("research");
    }

    @Test
    void contextWithoutNamespaceMeansDefault() throws IOException {
        // Given
        kubeconfig = Optional.of(Kubeconfig.write(directory, SERVER));
        context = Optional.of("plain");

        // When
        String used = namespaceInUse();

        // Then
        assertThat(used).isEqualTo("default");
    }

    @Test
    void namespaceOfTheSettingWins() throws IOException {
        // Given
        kubeconfig = Optional.of(Kubeconfig.write(directory, SERVER));
        namespace = Optional.of("mine");

        // When
        String used = namespaceInUse();

        // Then
        assertThat(used).isEqualTo("mine");
    }

    @Test
    void certificatesAreTrustedBlindlyOnlyWhereTheKubeconfigSaysSo() throws IOException {
        // Given
        kubeconfig = Optional.of(Kubeconfig.write(directory, SERVER));
        boolean usual = config().isTrustCerts();
        kubeconfig =
                Optional.of(
                        Kubeconfig.write(
                                directory, "lax", SERVER, "    insecure-skip-tls-verify: true\n"));

        // When
        boolean lax = config().isTrustCerts();

        // Then
        assertThat(usual).isFalse();
        assertThat(lax).isTrue();
    }

    @Test
    void eachClientLeavesRetriesToTheExecutor() throws IOException {
        // Given
        Path file = Kubeconfig.write(directory, SERVER);

        // When
        try (KubernetesClients clients = Kubeconfig.open(file, Duration.ofSeconds(7))) {
            // Then
            assertThat(List.of(clients.watches(), clients.logs()))
                    .allSatisfy(
                            client -> {
                                Config config = client.getConfiguration();
                                assertThat(config.getRequestRetryBackoffLimit()).isZero();
                                assertThat(config.getRequestTimeout()).isEqualTo(7000);
                                assertThat(config.getNamespace()).isEqualTo("research");
                                // What the token is read anew from.
                                assertThat(config.getFile()).isEqualTo(file.toFile());
                                assertThat(config.getAutoConfigure()).isFalse();
                            });
            assertThat(clients.requestTimeout()).isEqualTo(Duration.ofSeconds(7));
        }
    }

    @Test
    void everyMissingFileIsNamed() {
        // Given
        environment.put("KUBECONFIG", "/nowhere/one" + File.pathSeparator + "/nowhere/two");

        // When
        List<String> mistakes = mistakes();

        // Then
        assertThat(mistakes)
                .containsExactly(
                        "The kubeconfig /nowhere/one does not exist.",
                        "The kubeconfig /nowhere/two does not exist.");
    }

    @Test
    void unknownContextIsNamedBesideThoseThatExist() throws IOException {
        // Given
        Path file = Kubeconfig.write(directory, SERVER);
        kubeconfig = Optional.of(file);
        context = Optional.of("prod");

        // When
        List<String> mistakes = mistakes();

        // Then
        assertThat(mistakes)
                .containsExactly(
                        "The kubeconfig " + file + " has no context prod; it has: lab, plain.");
    }

    @Test
    void missingCurrentContextIsAskedFor() throws IOException {
        // Given
        Path file = Kubeconfig.write(directory, SERVER);
        Files.writeString(file, Files.readString(file).replace("current-context: lab\n", ""));
        kubeconfig = Optional.of(file);

        // When
        List<String> mistakes = mistakes();

        // Then
        assertThat(mistakes)
                .singleElement()
                .asString()
                .contains("has no current context", "lab, plain");
    }

    @Test
    void fileThatIsNoKubeconfigIsNamedWithoutItsContent() throws IOException {
        // Given
        kubeconfig =
                Optional.of(
                        Files.writeString(
                                directory.resolve("bad"), "users: [\n  token: secret-token\n"));

        // When
        List<String> mistakes = mistakes();

        // Then
        assertThat(mistakes)
                .singleElement()
                .asString()
                .contains("bad")
                .doesNotContain("secret-token");
    }

    @Test
    void emptyFileIsNamed() throws IOException {
        // Given
        kubeconfig = Optional.of(Files.writeString(directory.resolve("empty"), ""));

        // When
        List<String> mistakes = mistakes();

        // Then
        assertThat(mistakes).singleElement().asString().contains("empty");
    }

    @Test
    void certificateThatIsMissingIsNamed() throws IOException {
        // Given
        kubeconfig =
                Optional.of(
                        Kubeconfig.write(
                                directory,
                                "cfg",
                                SERVER,
                                "    certificate-authority: /nowhere/ca.crt\n"));

        // When
        List<String> mistakes = mistakes();

        // Then
        assertThat(mistakes)
                .containsExactly(
                        "The kubeconfig names the file /nowhere/ca.crt, which cannot be read.");
    }

    @Test
    void noClusterAtAllIsSaidInOneSentence() {
        // When
        List<String> mistakes = mistakes();

        // Then
        assertThat(mistakes).singleElement().asString().contains("No cluster is configured");
    }

    @Test
    void podWithoutTokenIsTold() {
        // Given
        environment.put("KUBERNETES_SERVICE_HOST", "10.96.0.1");

        // When
        List<String> mistakes = mistakes();

        // Then
        assertThat(mistakes).hasSize(2).allMatch(m -> m.contains("service account token"));
    }

    @Test
    void contextInAPodHasNoMeaning() throws IOException {
        // Given
        runsInAPod();
        context = Optional.of("prod");

        // When
        List<String> mistakes = mistakes();

        // Then
        assertThat(mistakes).singleElement().asString().contains("kubernetes.context", "prod");
    }
}
