package io.podwire.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Assumptions;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A headless Chromium, led over the WebDriver protocol.
///
/// Confined to the test's thread.
public final class Browser implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration PACE = Duration.ofMillis(50);
    private static final int ATTEMPTS = 5;
    private static final Pattern PORT =
            Pattern.compile("started successfully on port (?<port>[0-9]+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process driver;
    private final HttpClient client = HttpClient.newHttpClient();
    private URI session;

    private Browser(Process driver, int port) {
        this.driver = driver;
        this.session = URI.create("http://127.0.0.1:" + port + "/session");
    }

    /// Skips the test with a sentence where there is none.
    ///
    /// @param dir for what the browser and its driver write
    public static Browser open(Path dir) {
        Optional<Path> chromium = find("chromium");
        Optional<Path> chromedriver = find("chromedriver");
        Assumptions.assumeTrue(
                chromium.isPresent() && chromedriver.isPresent(),
                "needs chromium and chromedriver on the PATH: apt-get install chromium chromium-driver");
        try {
            Browser browser = driver(chromedriver.orElseThrow(), dir.resolve("chromedriver.log"));
            browser.begin(chromium.orElseThrow(), dir.resolve("profile"));
            return browser;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// It takes any free port of IPv6, then the same one of IPv4, and ends where somebody has that: then it is started again.
    private static Browser driver(Path program, Path log) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Process driver =
                    new ProcessBuilder(program.toString(), "--port=0")
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            Runtime.getRuntime().addShutdownHook(new Thread(driver::destroy));
            OptionalInt port = port(driver, log);
            if (port.isPresent()) {
                return new Browser(driver, port.getAsInt());
            }
        }
        throw silent(log);
    }

    private static IllegalStateException silent(Path log) throws IOException {
        return new IllegalStateException("chromedriver does not listen: " + Files.readString(log));
    }

    private static Optional<Path> find(String program) {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(path)
                .map(dir -> Path.of(dir, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// Empty where it has ended.
    private static OptionalInt port(Process driver, Path log) throws IOException {
        long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
        while (driver.isAlive()) {
            Matcher told = PORT.matcher(Files.readString(log));
            if (told.find()) {
                return OptionalInt.of(Integer.parseInt(told.group("port")));
            }
            if (System.nanoTime() > deadlineNanos) {
                driver.destroyForcibly();
                throw silent(log);
            }
            pause();
        }
        return OptionalInt.empty();
    }

    private void begin(Path chromium, Path profile) {
        String wanted =
                """
                {"capabilities": {"alwaysMatch": {"goog:chromeOptions": {"binary": "%s", "args": [
                  "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                  "--no-first-run", "--disable-background-networking", "--lang=en-GB",
                  "--user-data-dir=%s"]}}}}
                """
                        .formatted(chromium, profile);
        String id = ask("POST", "", wanted).path("sessionId").asText();
        session = URI.create(session + "/" + id);
    }

    public void go(URI page) {
        var _ = ask("POST", "/url", JSON.createObjectNode().put("url", page.toString()).toString());
    }

    /// What the body of a function returns.
    public JsonNode run(String body) {
        ObjectNode script = JSON.createObjectNode().put("script", body);
        script.putArray("args");
        return ask("POST", "/execute/sync", script.toString());
    }

    /// As [#run], of a promise: the body calls `done` with what it is to return.
    public JsonNode runLater(String body) {
        ObjectNode script = JSON.createObjectNode();
        script.put("script", "const done = arguments[arguments.length - 1];" + body);
        script.putArray("args");
        return ask("POST", "/execute/async", script.toString());
    }

    /// Waits until this is true.
    ///
    /// @param condition an expression
    public void await(String condition) {
        long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
        while (!run("return Boolean(" + condition + ")").asBoolean()) {
            if (System.nanoTime() > deadlineNanos) {
                throw new AssertionError(
                        "never true: %s; the page says:%n%s".formatted(condition, text()));
            }
            pause();
        }
    }

    /// All that is to be read on the page.
    public String text() {
        return run("return document.body.innerText").asText();
    }

    /// Presses keys where the focus is.
    ///
    /// @param keys as WebDriver writes them, see [Key]
    public void press(String... keys) {
        ObjectNode actions = JSON.createObjectNode();
        ObjectNode keyboard = actions.putArray("actions").addObject();
        keyboard.put("type", "key").put("id", "keyboard");
        var steps = keyboard.putArray("actions");
        for (String key : keys) {
            steps.addObject().put("type", "keyDown").put("value", key);
            steps.addObject().put("type", "keyUp").put("value", key);
        }
        var _ = ask("POST", "/actions", actions.toString());
    }

    /// From now on the page has this size and colours.
    public void show(Screen screen) {
        develop(
                "Emulation.setDeviceMetricsOverride",
                """
                {"width": %d, "height": %d, "deviceScaleFactor": 1, "mobile": false}\
                """
                        .formatted(screen.width(), screen.height()));
        develop(
                "Emulation.setEmulatedMedia",
                """
                {"features": [{"name": "prefers-color-scheme", "value": "%s"},
                  {"name": "prefers-reduced-motion", "value": "reduce"}]}\
                """
                        .formatted(screen.scheme()));
    }

    private void develop(String command, String parameters) {
        var _ =
                ask(
                        "POST",
                        "/goog/cdp/execute",
                        "{\"cmd\": \"%s\", \"params\": %s}".formatted(command, parameters));
    }

    public void photograph(Path file) {
        byte[] picture = Base64.getDecoder().decode(ask("GET", "/screenshot", "").asText());
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent(), "a directory"));
            Files.write(file, picture);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What axe-core finds wrong with the page as it is; each with the elements.
    public List<String> barriers() {
        JsonNode found =
                runLater(
                        axe()
                                + """
                                ;axe.run().then((result) => done(result.violations.map((each) =>
                                  each.id + ': ' + each.nodes.map((node) => node.html + ' ' + node.failureSummary).join(' | '))));
                                """);
        return found.valueStream().map(JsonNode::asText).toList();
    }

    private static String axe() {
        try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
            return new String(
                    Objects.requireNonNull(in, "axe.min.js").readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode ask(String method, String path, String body) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(session + path))
                        .timeout(LIMIT.multipliedBy(2))
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body))
                        .build();
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            JsonNode value = JSON.readTree(answer.body()).path("value");
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + ": " + value.path("message").asText());
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            var _ = ask("DELETE", "", "");
        } finally {
            client.shutdownNow();
            driver.destroy();
        }
    }

    /// Keys that are no characters.
    public static final class Key {
        public static final String TAB = "\uE004";
        public static final String ENTER = "\uE007";

        private Key() {}
    }

    /// How large a page is, and in which colours.
    ///
    /// @param scheme `light` or `dark`
    public record Screen(int width, int height, String scheme) {
        public static final List<Screen> ALL =
                List.of(
                        new Screen(1280, 800, "light"),
                        new Screen(1280, 800, "dark"),
                        new Screen(360, 740, "light"),
                        new Screen(360, 740, "dark"));
    }
}
