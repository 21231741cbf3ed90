package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.testkit.WorkerUnderTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a worker that has worked shows to Prometheus.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class MetricsIT {
    private static final String PRINTS = ",\"command\":[\"sh\",\"-c\",\"echo hi\"]";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Pattern METRIC = Pattern.compile("\\b(?:podwire|kafka|jvm)_[a-z_]+");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_]+)[{ ]");
    private static final List<Path> DEPLOYED =
            List.of(
                    Path.of("deploy", "prometheus", "podwire-rules.yaml"),
                    Path.of("deploy", "grafana", "podwire.json"));

    private final FaultWorld world = FaultWorld.healthy();

    @Test
    void whatWasDoneIsCountedAndWhatRulesAndDashboardNameIsThere()
            throws ExecutionException, InterruptedException, IOException {
        try (var bench = world.bench()) {
            // Given
            WorkerUnderTest worker = bench.start(world.newDir("metrics"));
            Workload workload = new Workload(bench);
            var _ = bench.events().answer(workload.createAndAwait("ends", PRINTS, "Finished"));
            var _ = bench.events().answer(workload.follow("ends"));
            var _ = bench.events().answer(workload.delete("ends"));
            var _ = bench.events().answer(workload.delete("never-was"));
            bench.awaitSettled();

            // When
            worker.await(PATIENCE, () -> scrape(worker).contains("podwire_commands_open 0.0"));
            String scrape = scrape(worker);

            // Then
            assertThat(scrape.lines())
                    .contains(
                            "podwire_commands_answered_total{answer=\"succeeded\",code=\"reached\"} 1.0",
                            "podwire_commands_answered_total{answer=\"succeeded\",code=\"streamed\"} 1.0",
                            "podwire_commands_answered_total{answer=\"succeeded\",code=\"deleted\"} 1.0",
                            "podwire_commands_answered_total{answer=\"succeeded\",code=\"absent\"} 1.0",
                            "podwire_commands_answered_total{answer=\"failed\",code=\"INTERNAL\"} 0.0",
                            "podwire_command_duration_seconds_count{type=\"delete\"} 2",
                            "podwire_pod_transitions_total{provenance=\"observed\",state=\"Deleted\"} 1.0",
                            "podwire_log_bytes_total 3.0",
                            "podwire_kubernetes_request_seconds_count{status=\"201\",verb=\"create\"} 1",
                            "podwire_kubernetes_request_seconds_count{status=\"404\",verb=\"get\"} 1",
                            "podwire_commands_unsettled 0.0",
                            "podwire_commands_waiting 0.0",
                            "podwire_commands_oldest_age_seconds 0.0",
                            "podwire_watch_open 1.0");
            assertThat(worker.log(line -> line.contains("MeterRegistry"))).isEmpty();
            assertThat(named()).isNotEmpty().isSubsetOf(samples(scrape));
        }
    }

    private static String scrape(WorkerUnderTest worker) {
        try {
            return worker.page("/metrics").body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> named() throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path file : DEPLOYED) {
            METRIC.matcher(Files.readString(file))
                    .results()
                    .map(MatchResult::group)
                    .forEach(names::add);
        }
        return names;
    }

    private static Set<String> samples(String scrape) {
        return SAMPLE.matcher(scrape)
                .results()
                .map(sample -> sample.group(1))
                .collect(Collectors.toSet());
    }
}
