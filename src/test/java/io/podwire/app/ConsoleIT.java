package io.podwire.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.podwire.cli.Typed;
import io.podwire.http.HttpEndpoint;
import io.podwire.http.Probes;
import io.podwire.sandbox.SimulatedCluster;
import io.podwire.sandbox.SimulationSettings;
import io.podwire.testkit.Browser;
import io.podwire.testkit.Browser.Screen;
import io.podwire.testkit.SharedKafka;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// The console in a real browser, on a worker with a broker and a simulated cluster. Pictures are left in `target/console`.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ConsoleIT {
    private static final Path PICTURES = Path.of("target", "console");
    @TempDir private Path dir;
    private Browser browser;
    private SimulatedCluster cluster;
    private KubernetesClient client;
    private RunningWorker worker;
    private HttpEndpoint endpoint;

    @BeforeEach
    void start() throws IOException, ExecutionException, InterruptedException {
        browser = Browser.open(dir);
        cluster = SimulatedCluster.start(SimulationSettings.defaults());
        client =
                new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
                        .build();
        Path kubeconfig = Files.writeString(dir.resolve("kubeconfig"), cluster.kubeconfig());
        worker = new RunningWorker(SharedKafka.bootstrapServers(), kubeconfig, "default");
        serve();
    }

    private void serve() {
        var none = new Probes(List.of(), List.of(), List.of());
        endpoint = HttpEndpoint.open("127.0.0.1", 0, none, () -> "", Optional.of(worker.console()));
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (worker == null) {
            return; // skipped
        }
        browser.close();
        endpoint.close();
        worker.close();
        client.close();
        cluster.close();
    }

    @Test
    void whatIsSubmittedAppearsByItselfAndIsFollowedToItsLogByKeyboard()
            throws InterruptedException {
        // Given
        go("#/");
        browser.await("document.querySelector('#connection.live')");
        browser.await("document.querySelector('#pods-empty').innerText.includes('submit create')");
        assertThatItIsOpenToAll("empty");
        browser.run("window.notReloaded = true");

        // When
        submit("lasting", "sleep 600");
        submit("hello", "echo hi; sleep 1");
        browser.await(row("lasting", "Ready"));
        browser.await(row("hello", "Succeeded"));
        String logs = worker.send("pod.logs", "hello", "{\"name\":\"hello\"}");
        var _ = worker.events().answer(logs);
        assertThatItIsOpenToAll("list");
        worker.send("pod.delete", "lasting", "{\"name\":\"lasting\",\"gracePeriodSeconds\":1}");
        browser.await(row("lasting", "Deleted"));
        browser.run("document.getElementById('q').focus()");
        browser.press(Browser.Key.TAB);
        browser.await("document.activeElement.closest('#pods')");
        browser.run("document.querySelector('#pods a[href$=hello]').focus()");
        browser.press(Browser.Key.ENTER);
        browser.await("location.hash === '#/pod/default/hello'");
        browser.await(shows("ol.timeline", "Log of main"));

        // Then
        assertThat(told("ol.timeline b"))
                .containsSubsequence("create", "Created", "Creating", "Ready", "Succeeded", "logs");
        assertThatItIsOpenToAll("timeline");
        browser.run("document.querySelector('.views a:last-child').click()");
        browser.await(shows("#log", "hi"));
        assertThatItIsOpenToAll("log");
        assertThat(browser.run("return window.notReloaded").asBoolean()).isTrue();
    }

    @Test
    void whatIsToldWhileTheTopicsAreReadIsShown() throws InterruptedException {
        // Given
        submit("late", "sleep 600");
        go("#/");
        browser.await(row("late", "Ready"));
        browser.run(
                """
                const ask = window.fetch;
                window.fetch = async (path) => {
                  const answer = await ask(path);
                  if (path.includes('/timeline')) await new Promise((done) => { window.release = done; });
                  return answer;
                };
                location.hash = '#/pod/default/late';
                """);
        browser.await("window.release");
        worker.send("pod.delete", "late", "{\"name\":\"late\",\"gracePeriodSeconds\":0}");
        browser.await(row("late", "Deleted"));

        // When
        browser.run("window.release()");

        // Then
        browser.await(shows("ol.timeline", "Deleted"));
        assertThat(told("ol.timeline b")).containsSubsequence("Created", "Ready", "Deleted");
    }

    /// As a person does it.
    private void submit(String pod, String script) {
        Typed typed =
                Typed.podwire(
                        "submit",
                        "create",
                        pod,
                        "--image=busybox:1.36",
                        "--set=kafka.bootstrap.servers=" + SharedKafka.bootstrapServers(),
                        "--set=topics.commands=" + worker.topics().commands(),
                        "--",
                        "sh",
                        "-c",
                        script);
        assertThat(typed.exitCode()).as(typed.err()).isZero();
    }

    @Test
    void whatNobodySawAndWhatIsNotInTheTopicStandsThereAsGap()
            throws InterruptedException, IOException {
        // Given
        submit("unseen", "sleep 600");
        go("#/pod/default/unseen");
        browser.await(shows("ol.timeline", "Ready"));
        endpoint.close();
        worker.stop();
        client.pods().inNamespace("default").withName("unseen").withGracePeriod(0).delete();
        worker.start();
        serve();
        plant("{\"seq\":1,\"to\":\"Pending\"}", "pod.transition");
        plant(
                "{\"seq\":4,\"to\":\"CrashLoop\",\"message\":\"<img src=x onerror=boom()>\"}",
                "pod.transition");
        plant(
                "{\"chunk\":0,\"text\":\"\\u001b[31mred\\u001b[0m <script>boom()</script> \\u202egnp\\n\"}",
                "log.chunk");
        plant("{\"chunk\":3,\"text\":\"after the hole\\n\"}", "log.chunk");

        // When
        go("#/pod/default/unseen");
        browser.await(shows("ol.timeline", "Deleted"));

        // Then
        assertThat(told("ol.timeline .hole strong")).contains("Nobody saw what happened here");
        assertThatItIsOpenToAll("timeline-gap");
        go("#/pod/default/planted");
        browser.await(shows("ol.timeline", "CrashLoop"));
        assertThat(told("ol.timeline .hole"))
                .anyMatch(text -> text.contains("Transitions 2 to 3 are not in"))
                .anyMatch(text -> text.contains("Chunks 1 to 2 of plant-l are not in"));
        assertThat(
                        browser.run(
                                        "return document.querySelectorAll('img, .detail script').length")
                                .asInt())
                .isZero();
        assertThat(browser.text()).contains("<img src=x onerror=boom()>");
        go("#/pod/default/planted/log");
        browser.await(shows("#log", "after the hole"));
        assertThat(told("#log"))
                .singleElement()
                .asString()
                .contains("red <script>boom()</script> \\u202egnp")
                .contains("Lines are missing");
        assertThatItIsOpenToAll("log-gap");
    }

    /// An event of a pod that no worker knows.
    private void plant(String data, String type) {
        worker.plantEvent(
                "default/planted",
                """
                {"specversion":"1.0","id":"%s","source":"/planted","type":"io.podwire.%s.v1",\
                "subject":"default/planted","time":"%s","causationid":"plant-l","causationsource":"/it",\
                "data":{"pod":{"namespace":"default","name":"planted","uid":"u"},"uid":"u",\
                "container":"main","restart":0,"status":"","phase":"Running","containers":[],"provenance":"observed",%s}\
                """
                        .formatted(UUID.randomUUID(), type, Instant.now(), data.substring(1)));
    }

    private void go(String hash) {
        browser.go(URI.create("http://127.0.0.1:" + endpoint.port() + "/" + hash));
    }

    private static String row(String pod, String state) {
        return "[...document.querySelectorAll('#pods a')].some((row) => row.innerText.includes('%s') && row.innerText.includes('%s'))"
                .formatted(pod, state);
    }

    private static String shows(String place, String text) {
        return "document.querySelector('%s')?.innerText.includes('%s')".formatted(place, text);
    }

    private List<String> told(String selector) {
        return browser.run(
                        "return [...document.querySelectorAll('%s')].map((each) => each.innerText.trim())"
                                .formatted(selector))
                .valueStream()
                .map(each -> each.asText())
                .toList();
    }

    /// In every size and colour: readable, nothing that sticks out, no barriers that axe knows.
    private void assertThatItIsOpenToAll(String name) {
        for (Screen screen : Screen.ALL) {
            browser.show(screen);
            browser.photograph(
                    PICTURES.resolve(
                            "%s-%d-%s.png".formatted(name, screen.width(), screen.scheme())));
            assertThat(browser.run("return document.documentElement.scrollWidth").asInt())
                    .as("width of %s on %s", name, screen)
                    .isLessThanOrEqualTo(screen.width());
            assertThat(browser.barriers()).as("%s on %s", name, screen).isEmpty();
        }
        browser.show(Screen.ALL.getFirst());
    }
}
