package io.podwire.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.protocol.LogCursor;
import io.podwire.protocol.LogEnd;
import io.podwire.protocol.PodConfig.RestartPolicy;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/// Whatever is cut, and wherever the worker crashes: every line once, in order.
class LogGuaranteeTest {
    private static final LogEnd END = new LogEnd.Streamed(LogEnd.Why.END);

    @Test
    void everyLineComesOnceAndInOrderWhateverIsCut() throws InterruptedException {
        for (int seed = 0; seed < 400; seed++) {
            // Given
            Random random = new Random(seed);
            int lines = 1 + random.nextInt(300);
            ScriptedPod pod = printing(random, lines);
            pod.disturbed(random, 6 + random.nextInt(30), 1 + random.nextInt(200));
            TakenLog taken = new TakenLog();

            // When
            LogEnd end = session(pod).run(Asking.following().spec(), taken);

            // Then
            assertThat(end).as("seed %d", seed).isEqualTo(END);
            assertThat(numbers(taken)).as("seed %d", seed).isEqualTo(oneTo(lines));
            assertThat(taken.gaps).as("seed %d", seed).isEmpty();
            assertThat(taken.ends("main")).as("seed %d", seed).isEqualTo(1);
        }
    }

    @Test
    void everyLineComesOnceOverCrashesOfTheWorker() throws InterruptedException {
        for (int seed = 0; seed < 300; seed++) {
            // Given
            Random random = new Random(seed);
            int lines = 1 + random.nextInt(300);
            ScriptedPod pod = printing(random, lines);
            pod.disturbed(random, 20, 200);
            TakenLog taken = new TakenLog();

            // When
            LogEnd end = runOverCrashes(pod, taken, random);

            // Then
            assertThat(end).as("seed %d", seed).isEqualTo(END);
            assertThat(numbers(taken)).as("seed %d", seed).isEqualTo(oneTo(lines));
            assertThat(taken.gaps).as("seed %d", seed).isEmpty();
            assertThat(taken.ends("main")).as("seed %d", seed).isEqualTo(1);
        }
    }

    @Test
    void veryLongLinesComeOnceWhateverIsCut() throws InterruptedException {
        for (int seed = 0; seed < 15; seed++) {
            // Given
            Random random = new Random(seed);
            ScriptedPod pod = new ScriptedPod();
            ScriptedPod.Run run = pod.run("main", Duration.ZERO, Duration.ofSeconds(20), 0);
            String line = "y".repeat(900_000) + "\n";
            run.print(Duration.ofSeconds(1), "a\n").print(Duration.ofSeconds(2), line);
            run.print(Duration.ofSeconds(2), "b\n").print(Duration.ofSeconds(9), line);
            pod.disturbed(random, 60, 60_000);
            TakenLog taken = new TakenLog();

            // When
            LogEnd end = session(pod).run(Asking.following().spec(), taken);

            // Then
            assertThat(end).as("seed %d", seed).isEqualTo(END);
            assertThat(taken.text("main").equals("a\n" + line + "b\n" + line))
                    .as("seed %d", seed)
                    .isTrue();
            assertThat(taken.gaps).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void veryLongLinesComeOnceOverCrashesOfTheWorker() throws InterruptedException {
        for (int seed = 0; seed < 15; seed++) {
            // Given
            Random random = new Random(seed);
            ScriptedPod pod = new ScriptedPod();
            ScriptedPod.Run run = pod.run("main", Duration.ZERO, Duration.ofSeconds(20), 0);
            String line = "y".repeat(900_000) + "\n";
            run.print(Duration.ofSeconds(1), line).print(Duration.ofSeconds(2), "a\n");
            run.print(Duration.ofSeconds(2), line).print(Duration.ofSeconds(9), "b\n");
            pod.disturbed(random, 60, 60_000);
            TakenLog taken = new TakenLog();

            // When
            LogEnd end = runOverCrashes(pod, taken, random);

            // Then
            assertThat(end).as("seed %d", seed).isEqualTo(END);
            assertThat(taken.text("main").equals(line + "a\n" + line + "b\n"))
                    .as("seed %d", seed)
                    .isTrue();
            assertThat(taken.gaps).as("seed %d", seed).isEmpty();
        }
    }

    /// Standard output and standard error are stamped side by side.
    @Test
    void linesWhoseTimesAreOutOfOrderComeOnce() throws InterruptedException {
        for (int seed = 0; seed < 300; seed++) {
            // Given
            Random random = new Random(seed);
            int lines = 100 + random.nextInt(300);
            ScriptedPod pod = new ScriptedPod();
            ScriptedPod.Run run = pod.run("main", Duration.ZERO, Duration.ofSeconds(40), 0);
            for (int i = 1; i <= lines; i++) {
                Duration late = random.nextInt(3) > 0 ? Duration.ZERO : millis(random.nextInt(400));
                run.printLate(millis(500 + i * 20L), late, i + "\n");
            }
            pod.disturbed(random, 20, 300);
            TakenLog taken = new TakenLog();

            // When
            LogEnd end =
                    seed % 2 == 0
                            ? session(pod).run(Asking.following().spec(), taken)
                            : runOverCrashes(pod, taken, random);

            // Then
            assertThat(end).as("seed %d", seed).isEqualTo(END);
            assertThat(numbers(taken)).as("seed %d", seed).isEqualTo(oneTo(lines));
            assertThat(taken.gaps).as("seed %d", seed).isEmpty();
        }
    }

    private static LogEnd runOverCrashes(ScriptedPod pod, TakenLog taken, Random random) {
        while (true) {
            taken.crashingAfter(taken.chunks.size() + 1 + random.nextInt(4));
            Asking asking = Asking.following();
            lastCursor(taken).ifPresent(asking::from);
            try {
                return session(pod).run(asking.spec(), taken);
            } catch (InterruptedException _) {
                pod.pause(Duration.ofMillis(random.nextInt(3000)));
            }
        }
    }

    private static Optional<LogCursor> lastCursor(TakenLog taken) {
        return taken.cursors.isEmpty() ? Optional.empty() : Optional.of(taken.cursors.getLast());
    }

    /// A numbered log in one or two runs, many lines of which carry the same time.
    private static ScriptedPod printing(Random random, int lines) {
        ScriptedPod pod =
                new ScriptedPod()
                        .restarting(Optional.of(RestartPolicy.ON_FAILURE))
                        .lagging(Duration.ofMillis(random.nextInt(1500)));
        boolean twice = random.nextInt(3) == 0;
        int first = twice ? random.nextInt(lines + 1) : lines;
        long end = print(random, pod, new Part(0, 1, first, twice ? 1 : 0));
        if (twice) {
            print(random, pod, new Part(end + 20_000, first + 1, lines, 0));
        }
        return pod;
    }

    private record Part(long startMillis, int from, int to, int exitCode) {}

    private static long print(Random random, ScriptedPod pod, Part part) {
        long[] millis = new long[part.to() - part.from() + 1];
        long at = part.startMillis();
        for (int i = 0; i < millis.length; i++) {
            at += random.nextInt(3) > 0 ? 0 : random.nextInt(700);
            millis[i] = at;
        }
        long end = at + random.nextInt(5000);
        ScriptedPod.Run run =
                pod.run("main", millis(part.startMillis()), millis(end), part.exitCode());
        for (int i = 0; i < millis.length; i++) {
            boolean last = i == millis.length - 1 && random.nextBoolean();
            run.print(millis(millis[i]), (part.from() + i) + (last ? "" : "\n"));
        }
        return end;
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    private static LogSession session(ScriptedPod pod) {
        return new LogSession(pod, pod, pod, pod);
    }

    /// The last line of a run may lack its newline; the chunks of two runs never mix, so each is split alone.
    private static List<Integer> numbers(TakenLog taken) {
        StringBuilder text = new StringBuilder();
        int restart = 0;
        for (int i = 0; i < taken.chunks.size(); i++) {
            if (taken.chunks.get(i).restart() != restart) {
                restart = taken.chunks.get(i).restart();
                text.append('\n');
            }
            text.append(new String(taken.chunks.get(i).bytes(), StandardCharsets.UTF_8));
        }
        return text.toString()
                .lines()
                .filter(line -> !line.isEmpty())
                .map(Integer::valueOf)
                .toList();
    }

    private static List<Integer> oneTo(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }
}
