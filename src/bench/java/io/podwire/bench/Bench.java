package io.podwire.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/// Runs the sections that are asked for, one after another, and writes what they measured.
///
/// `all`, or names of sections; with `quick` little is measured, and the page of the documentation stays as it is:
/// `target/bench/performance.md` is written instead.
public final class Bench {
    private static final Path PAGE = Path.of("docs", "performance.md");
    private static final Path DIR = Path.of("target", "bench");

    private Bench() {}

    private static Map<String, Section> sections() {
        Map<String, Section> all = new LinkedHashMap<>();
        all.put("engine", Engine.usual());
        all.put("engine-more", Engine.others());
        all.put("growth", new Growth());
        all.put("watch", new Watch());
        all.put("behind", new Behind());
        all.put("start", new Start());
        all.put("latency", new Latency());
        all.put("end-to-end", new EndToEnd());
        all.put("workers", new Workers());
        all.put("logs", new Logs());
        all.put("quiet-logs", new QuietFollows());
        return all;
    }

    public static void main(String[] args)
            throws IOException, InterruptedException, ExecutionException {
        List<String> words = new ArrayList<>(Arrays.asList(args));
        Size size = words.remove("quick") ? Size.QUICK : Size.FULL;
        Map<String, Section> wanted = sections();
        if (!words.remove("all") && !words.isEmpty()) {
            wanted.keySet().retainAll(words);
        }
        words.removeAll(wanted.keySet());
        if (!words.isEmpty()) {
            throw new IllegalArgumentException(
                    "no such section: %s; there are %s, and quick"
                            .formatted(words, sections().keySet()));
        }
        run(wanted, size);
    }

    private static void run(Map<String, Section> wanted, Size size)
            throws IOException, InterruptedException, ExecutionException {
        Files.createDirectories(DIR);
        PerformancePage page = new PerformancePage(page(size));
        List<String> missed = new ArrayList<>();
        for (Map.Entry<String, Section> each : wanted.entrySet()) {
            long begun = System.nanoTime();
            String head = Machine.told();
            Path dir = Files.createTempDirectory(DIR, each.getKey() + "-");
            try (Stage stage = new Stage(dir, size)) {
                Written written = each.getValue().measure(stage);
                page.write(each.getKey(), head, written);
                System.out.println(written.markdown());
                missed.addAll(written.missed());
            }
            remove(dir);
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            System.out.printf("%s took %d s%n", each.getKey(), took.toSeconds());
        }
        missed.forEach(each -> System.out.println("missed: " + each));
    }

    /// What a section leaves behind that went well: gigabytes.
    private static void remove(Path dir) throws IOException {
        try (Stream<Path> all = Files.walk(dir)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }

    private static Path page(Size size) throws IOException {
        return switch (size) {
            case FULL -> PAGE;
            case QUICK ->
                    Files.copy(
                            PAGE,
                            DIR.resolve("performance.md"),
                            StandardCopyOption.REPLACE_EXISTING);
        };
    }
}
