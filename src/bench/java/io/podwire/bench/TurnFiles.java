package io.podwire.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// How an arm that reads no commands is told to take its turn, and tells what it brought: a line of a file each.
///
/// Confined to one thread on either side.
final class TurnFiles {
    private static final Duration PACE = Duration.ofMillis(20);

    private final Path turns;
    private final Path brought;
    private int taken;

    /// @param spec of the arm
    TurnFiles(ArmSpec spec) {
        this.turns = spec.tally().resolveSibling(spec.group() + ".turns");
        this.brought = spec.tally().resolveSibling(spec.group() + ".brought");
    }

    /// For the one who measures: has a turn taken, and returns what it brought.
    ///
    /// @param there whether the arm is still there to take it
    Made take(Turn turn, BooleanSupplier there) throws InterruptedException {
        append(turns, "%d %d %s".formatted(turn.inFlight(), turn.creates(), turn.window()));
        return next(brought, there)
                .map(line -> line.split(" ", 2))
                .map(words -> new Made(Integer.parseInt(words[0]), Double.parseDouble(words[1])))
                .orElseThrow(() -> new IllegalStateException("the arm ended in a turn"));
    }

    /// For the arm: its next turn; empty once it need not wait for one any more.
    Optional<Turn> next(BooleanSupplier waiting) throws InterruptedException {
        return next(turns, waiting)
                .map(line -> line.split(" ", 3))
                .map(
                        words ->
                                new Turn(
                                        Integer.parseInt(words[0]),
                                        Integer.parseInt(words[1]),
                                        Duration.parse(words[2])));
    }

    /// For the arm: what its turn brought.
    void tell(Made made) {
        append(brought, made.creates() + " " + made.perSecond());
    }

    private Optional<String> next(Path file, BooleanSupplier waiting) throws InterruptedException {
        while (waiting.getAsBoolean()) {
            List<String> lines = complete(file);
            if (lines.size() > taken) {
                taken++;
                return Optional.of(lines.get(taken - 1));
            }
            Thread.sleep(PACE);
        }
        return Optional.empty();
    }

    private static List<String> complete(Path file) {
        try {
            String text = Files.exists(file) ? Files.readString(file) : "";
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void append(Path file, String line) {
        try {
            Files.writeString(
                    file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
