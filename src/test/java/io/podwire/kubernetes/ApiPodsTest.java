package io.podwire.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.podwire.execute.ApiFailure;
import io.podwire.execute.ApiFailure.Sent;
import io.podwire.execute.FoundPod;
import io.podwire.execute.Pods;
import io.podwire.execute.Reply;
import io.podwire.kubernetes.CannedServer.Asked;
import io.podwire.protocol.Command.Deletion;
import io.podwire.protocol.CommandError.Cause;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodStatus;
import io.podwire.watch.PodView;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

@Timeout(60)
class ApiPodsTest {
    private static final PodRef POD = new PodRef("lab", "train-1");
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final String ANSWER =
            """
            {"kind":"Pod","apiVersion":"v1","metadata":{"name":"train-1","namespace":"lab",
             "uid":"u1","resourceVersion":"7","managedFields":[{"manager":"podwire"}],
             "annotations":{"kubectl.kubernetes.io/last-applied-configuration":"PW=hunter22",
             "keep":"me"}},
             "spec":{"containers":[{"name":"main","env":[{"name":"PW","value":"hunter22"},
             {"name":"REF","valueFrom":{"secretKeyRef":{"name":"s","key":"k"}}}]}],
             "initContainers":[{"name":"first","env":[{"name":"PW","value":"hunter22"}]},
             {"name":"beside","restartPolicy":"Always","env":[{"name":"PW","value":"hunter22"}],
             "livenessProbe":{"httpGet":{"port":80,
             "httpHeaders":[{"name":"Authorization","value":"hunter22"}]}}}]}}
            """;

    @TempDir private Path directory;
    private CannedServer server;
    private KubernetesClients clients;
    private Pods pods;

    @BeforeEach
    void open() throws IOException {
        server = new CannedServer();
        clients =
                Kubeconfig.open(Kubeconfig.write(directory, server.url()), SHORT.multipliedBy(20));
        pods = clients.pods(PodView::of);
    }

    @AfterEach
    void close() {
        clients.close();
        server.close();
    }

    private void use(String url, Duration requestTimeout) throws IOException {
        clients.close();
        clients = Kubeconfig.open(Kubeconfig.write(directory, url), requestTimeout);
        pods = clients.pods(PodView::of);
    }

    private static Pod manifest() {
        return new PodBuilder()
                .withNewMetadata()
                .withName("train-1")
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .build();
    }

    private static <T> T ok(Reply<T> reply) {
        return switch (reply) {
            case Reply.Ok<T>(T value) -> value;
            case Reply.Refused<T>(var failure) -> throw new AssertionError(failure.toString());
        };
    }

    private static ApiFailure refused(Reply<?> reply) {
        return switch (reply) {
            case Reply.Ok<?>(var value) -> throw new AssertionError("not refused: " + value);
            case Reply.Refused<?>(var failure) -> failure;
        };
    }

    @Test
    void createPostsTheManifestOnce() throws InterruptedException {
        // Given
        server.answer(201, ANSWER);

        // When
        PodStatus status = ok(pods.create(POD, manifest()));

        // Then
        assertThat(status.uid()).isEqualTo("u1");
        assertThat(server.asked())
                .singleElement()
                .satisfies(
                        asked -> {
                            assertThat(asked.method()).isEqualTo("POST");
                            assertThat(asked.uri())
                                    .isEqualTo("/api/v1/namespaces/lab/pods?fieldManager=podwire");
                            assertThat(asked.body()).contains("\"train-1\"");
                            assertThat(asked.authorization()).contains("Bearer secret-token");
                        });
    }

    @Test
    void readAsksForTheNewestAndNotForACache() throws InterruptedException {
        // Given
        server.answer(200, ANSWER);

        // When
        var _ = ok(pods.find(POD));

        // Then
        assertThat(server.asked())
                .extracting(Asked::method, Asked::uri)
                .containsExactly(tuple("GET", "/api/v1/namespaces/lab/pods/train-1"));
    }

    @Test
    void manifestShowsNoEnvironmentValueAnywhere() throws InterruptedException {
        // Given
        server.answer(200, ANSWER);

        // When
        FoundPod found = ok(pods.findManifest(POD));

        // Then
        assertThat(found.manifestJson())
                .doesNotContain("hunter22", "managedFields")
                .contains("\"value\":\"***\"", "secretKeyRef", "keep", "Authorization");
    }

    @Test
    void deletionNamesTheUidAndLeavesTheGraceToThePod() throws InterruptedException {
        // When
        String options = deletionOptions(Deletion.GRACEFUL, OptionalLong.empty());

        // Then
        assertThat(options)
                .contains("\"preconditions\":{\"uid\":\"u1\"}")
                .doesNotContain("gracePeriodSeconds");
    }

    @Test
    void gracefulDeletionNeverAsksForLessThanASecond() throws InterruptedException {
        // When
        String options = deletionOptions(Deletion.GRACEFUL, OptionalLong.of(0));

        // Then
        assertThat(options).contains("\"gracePeriodSeconds\":1");
    }

    @Test
    void onlyForcedDeletionAsksForNoGrace() throws InterruptedException {
        // When
        String options = deletionOptions(Deletion.FORCED, OptionalLong.of(30));

        // Then
        assertThat(options)
                .contains("\"gracePeriodSeconds\":0", "\"preconditions\":{\"uid\":\"u1\"}");
    }

    private String deletionOptions(Deletion deletion, OptionalLong grace)
            throws InterruptedException {
        server.answer(200, ANSWER);
        var _ = ok(pods.delete(POD, "u1", deletion, grace));
        Asked asked = server.asked().getFirst();
        assertThat(asked.method()).isEqualTo("DELETE");
        return asked.body();
    }

    @Test
    void refusalCarriesAllThatTheStatusSays() throws InterruptedException {
        // Given
        server.answer(
                422,
                """
                {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Invalid","code":422,
                 "message":"Pod \\"x\\" is invalid","details":{"name":"x","kind":"Pod",
                 "retryAfterSeconds":3,"causes":[
                 {"reason":"FieldValueInvalid","message":"Invalid value","field":"metadata.name"}]}}
                """);

        // When
        ApiFailure failure = refused(pods.create(POD, manifest()));

        // Then
        assertThat(failure)
                .isEqualTo(
                        new ApiFailure(
                                422,
                                "Invalid",
                                "Pod \"x\" is invalid",
                                "Pod",
                                List.of(new Cause("metadata.name", "Invalid value")),
                                List.of("FieldValueInvalid"),
                                Optional.of(Duration.ofSeconds(3)),
                                Sent.NOT_SENT));
    }

    @Test
    void throttlingInPlainTextKeepsItsRetryAfter() throws InterruptedException {
        // Given
        server.answer(
                429, "Too many requests, please try again later.\n", Map.of("Retry-After", "17"));

        // When
        ApiFailure failure = refused(pods.find(POD));

        // Then
        assertThat(failure.status()).isEqualTo(429);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(17));
        assertThat(failure.message()).contains("Too many requests");
        assertThat(failure.reason()).isEmpty();
    }

    @Test
    void loadBalancersPageIsAFailureOfUnknownOutcome() throws InterruptedException {
        // Given
        server.answer(503, "<html>upstream connect error</html>");

        // When
        ApiFailure failure = refused(pods.create(POD, manifest()));

        // Then
        assertThat(failure.status()).isEqualTo(503);
        assertThat(failure.sent()).isEqualTo(Sent.MAYBE);
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void emptyAndBrokenBodiesOfFailuresAreStillFailures() throws InterruptedException {
        // Given
        server.answer(500, "");
        server.answer(500, "{broken");
        server.answer(404, "{\"kind\":\"Other\",\"reason\":\"NotFound\"}");

        // When
        ApiFailure empty = refused(pods.find(POD));
        ApiFailure broken = refused(pods.find(POD));
        ApiFailure other = refused(pods.find(POD));

        // Then
        assertThat(empty.message()).isEqualTo("HTTP 500");
        assertThat(broken.message()).isEqualTo("HTTP 500: {broken");
        assertThat(other.reason()).isEmpty();
    }

    @Test
    void answerThatCannotBeReadMayHaveHadItsEffect() throws InterruptedException {
        // Given
        server.answer(201, "{\"kind\":\"Pod\",");

        // When
        ApiFailure failure = refused(pods.create(POD, manifest()));

        // Then
        assertThat(failure.status()).isEqualTo(201);
        assertThat(failure.sent()).isEqualTo(Sent.MAYBE);
    }

    @Test
    void bodyThatStallsEndsWithTheRequestTimeout() throws IOException, InterruptedException {
        // Given
        use(server.url(), SHORT);
        server.stall();

        // When
        ApiFailure failure = refused(pods.find(POD));

        // Then
        assertThat(failure.status()).isZero();
        assertThat(failure.sent()).isEqualTo(Sent.MAYBE);
        // By our deadline, and not by the connection's later end.
        assertThat(failure.message()).isEqualTo("no answer within 500 ms");
    }

    @Test
    void serverThatStaysSilentEndsWithTheRequestTimeoutAndIsAskedOnce()
            throws IOException, InterruptedException {
        // Given
        use(server.url(), SHORT);
        server.keepSilent();

        // When
        ApiFailure failure = refused(pods.create(POD, manifest()));

        // Then
        assertThat(failure.status()).isZero();
        assertThat(failure.sent()).isEqualTo(Sent.MAYBE);
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void connectionLostAfterTheRequestMayHaveHadItsEffectAndIsNotTriedAgain()
            throws InterruptedException {
        // Given
        server.hangUp();

        // When
        ApiFailure failure = refused(pods.create(POD, manifest()));

        // Then
        assertThat(failure.status()).isZero();
        assertThat(failure.sent()).isEqualTo(Sent.MAYBE);
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void refusedConnectionSentNothing() throws InterruptedException {
        // Given
        server.close();

        // When
        ApiFailure failure = refused(pods.create(POD, manifest()));

        // Then
        assertThat(failure.status()).isZero();
        assertThat(failure.sent()).isEqualTo(Sent.NOT_SENT);
        assertThat(failure.message()).containsIgnoringCase("refused");
    }

    @Test
    void unknownHostWasSentNothing() throws IOException, InterruptedException {
        // Given
        use("http://nowhere.invalid:6443", Duration.ofSeconds(20));

        // When
        ApiFailure failure = refused(pods.find(POD));

        // Then
        assertThat(failure.sent()).isEqualTo(Sent.NOT_SENT);
        assertThat(failure.message()).contains("nowhere.invalid");
    }

    @Test
    void interruptEndsACallAtOnce() throws InterruptedException {
        // Given
        server.keepSilent();
        CompletableFuture<Reply<PodStatus>> reply = new CompletableFuture<>();
        Thread lane =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        reply.complete(pods.find(POD));
                                    } catch (InterruptedException e) {
                                        reply.completeExceptionally(e);
                                        Thread.currentThread().interrupt();
                                    }
                                });
        server.awaitRequest();

        // When
        lane.interrupt();

        // Then
        assertThatThrownBy(reply::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void namesCannotLeaveTheirPlaceInThePath() {
        assertThatThrownBy(() -> pods.find(new PodRef("lab", "..")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(ApiCalls.path("a", "b/../c?d")).isEqualTo("/a/b%2F..%2Fc%3Fd");
    }

    @Test
    void clusterIsKnownByTheUidOfItsSystemNamespace() throws InterruptedException {
        // Given
        server.answer(200, "{\"kind\":\"Namespace\",\"metadata\":{\"uid\":\"cluster-1\"}}");

        // When
        var uid = ok(clients.identity().fetch());

        // Then
        assertThat(uid).contains("cluster-1");
        assertThat(server.asked().getFirst().uri()).isEqualTo("/api/v1/namespaces/kube-system");
    }

    @Test
    void clusterThatMayNotBeAskedHasNoIdentity() throws InterruptedException {
        // Given
        server.answer(403, "{\"kind\":\"Status\",\"reason\":\"Forbidden\"}");

        // When
        var uid = ok(clients.identity().fetch());

        // Then
        assertThat(uid).isEmpty();
    }

    @Test
    void clusterThatFailsToAnswerIsNotTakenForOneWithoutIdentity() throws InterruptedException {
        // Given
        server.answer(500, "");

        // When
        ApiFailure failure = refused(clients.identity().fetch());

        // Then
        assertThat(failure.status()).isEqualTo(500);
    }
}
