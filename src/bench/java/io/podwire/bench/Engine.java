package io.podwire.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;

/// How many commands a second the engine carries out and answers, with a handler that sleeps.
final class Engine implements Section {
    private static final int KEYS = 1_000;
    private static final List<ArmKind> ALL =
            List.of(
                    ArmKind.PARALLEL_CONSUMER,
                    ArmKind.PARALLEL_CONSUMER_TX,
                    ArmKind.KEY_LOOP,
                    ArmKind.TRANSACTION_LOOP,
                    ArmKind.PODWIRE);

    private static final String NOTE =
            """
            All arms decode the same commands with Podwire's decoder and write events with its encoder. The serial loop, \
            the parallel-consumers and the loops judge no policy, keep no state of a pod, know no repeated command, \
            and give the work of a partition that they lose to nobody; all of them but the transactional parallel-consumer \
            may answer twice after a crash, the loop in transactions what it has answered ahead of an older command. "Faults" are answers that are missing, out of a pod's order or negative, and calls for \
            one pod at once, over all rounds. CPU is that of the arm's own process; the broker runs on other cores.
            """;

    private final Part part;

    private Engine(Part part) {
        this.part = part;
    }

    /// The usual work.
    static Engine usual() {
        return new Engine(Part.USUAL);
    }

    /// More events, no handler to wait for, and few pods that get most of the commands.
    static Engine others() {
        return new Engine(Part.OTHERS);
    }

    @Override
    public Written measure(Stage stage) throws ExecutionException, InterruptedException {
        StringBuilder text = new StringBuilder();
        Bar bar = new Bar();
        switch (part) {
            case USUAL -> {
                text.append(serial(stage));
                judge(scene(Scene.usual(stage.size()), stage, text, bar), bar);
                text.append(NOTE);
            }
            case OTHERS -> {
                for (Scene each : Scene.others(stage.size())) {
                    scene(each, stage, text, bar);
                }
            }
        }
        text.append(bar.markdown());
        return new Written(text.toString(), Map.of(), bar.missed());
    }

    private static void judge(Map<ArmKind, List<Drain>> usual, Bar bar) {
        Samples podwire = samples(usual, ArmKind.PODWIRE, Drain::perSecond);
        Samples loop = samples(usual, ArmKind.KEY_LOOP, Drain::perSecond);
        Samples transactional = samples(usual, ArmKind.PARALLEL_CONSUMER_TX, Drain::perSecond);
        bar.atLeast(
                "commands/s, 5 to 50 ms, Podwire / parallel-consumer transactional",
                podwire.median() / transactional.median(),
                4);
        bar.atLeast(
                "commands/s, 5 to 50 ms, Podwire / plain loop",
                podwire.median() / loop.median(),
                1);
        bar.atMost(
                "CPU a command, 5 to 50 ms, Podwire / plain loop",
                samples(usual, ArmKind.PODWIRE, Drain::cpuMicros).median()
                        / samples(usual, ArmKind.KEY_LOOP, Drain::cpuMicros).median(),
                1.3);
    }

    /// Its few commands are enough: it does 36 a second.
    private static String serial(Stage stage) throws ExecutionException, InterruptedException {
        Load load = new Load(20 * stage.size().seconds(), KEYS, Load.Spread.EVEN, Load.Kind.GET);
        CommandTopic topic = CommandTopic.filled(stage, "serial", load);
        List<Double> perSecond = new ArrayList<>();
        long faults = 0;
        for (int round = 0; round < stage.size().rounds().count(); round++) {
            Drain drain = Drain.of(topic, ArmKind.SERIAL, HandlerTime.USUAL, load.commands() / 5);
            perSecond.add(drain.perSecond());
            faults += drain.faults();
        }
        Samples samples = new Samples(perSecond);
        return "\nA serial loop (poll, carry out, answer, commit) with a handler of 5 to 50 ms: %s commands/s (%s to %s), %d faults.\n"
                .formatted(
                        Samples.text(samples.median()),
                        Samples.text(samples.min()),
                        Samples.text(samples.max()),
                        faults);
    }

    private static Map<ArmKind, List<Drain>> scene(
            Scene scene, Stage stage, StringBuilder text, Bar bar)
            throws ExecutionException, InterruptedException {
        CommandTopic topic = CommandTopic.filled(stage, scene.name(), scene.load());
        int warmUp = scene.load().commands() / 2;
        Map<ArmKind, List<Drain>> all =
                stage.size()
                        .rounds()
                        .alternate(ALL, (arm, _) -> Drain.of(topic, arm, scene.time(), warmUp));
        text.append(scene.title()).append(table(all));
        bar.none(
                "faults of Podwire, " + scene.name(),
                all.getOrDefault(ArmKind.PODWIRE, List.of()).stream()
                        .mapToLong(each -> each.faults() + each.check().repeated())
                        .sum());
        return all;
    }

    private static String table(Map<ArmKind, List<Drain>> all) {
        Table table =
                new Table(
                        "arm",
                        "min/s",
                        "median/s",
                        "max/s",
                        "Podwire / arm",
                        "CPU µs a command",
                        "faults",
                        "repeated");
        Samples podwire = samples(all, ArmKind.PODWIRE, Drain::perSecond);
        all.forEach(
                (arm, drains) -> {
                    Samples perSecond = samples(all, arm, Drain::perSecond);
                    table.row(
                            arm.title(),
                            perSecond,
                            podwire.ratioTo(perSecond),
                            Samples.text(samples(all, arm, Drain::cpuMicros).median()),
                            Long.toString(drains.stream().mapToLong(Drain::faults).sum()),
                            Integer.toString(
                                    drains.stream().mapToInt(d -> d.check().repeated()).sum()));
                });
        return table.markdown() + "\n";
    }

    private static Samples samples(
            Map<ArmKind, List<Drain>> all, ArmKind arm, ToDoubleFunction<Drain> figure) {
        return Samples.of(all.getOrDefault(arm, List.of()), figure);
    }

    private enum Part {
        USUAL,
        OTHERS
    }

    private record Scene(String name, Load load, HandlerTime time) {
        static Scene usual(Size size) {
            return new Scene("one-event", even(size, Load.Kind.GET), HandlerTime.USUAL);
        }

        static List<Scene> others(Size size) {
            Load zipf = new Load(size.commands() / 25, KEYS, Load.Spread.ZIPF, Load.Kind.GET);
            return List.of(
                    new Scene("three-events", even(size, Load.Kind.AWAITED_GET), HandlerTime.USUAL),
                    new Scene("no-time", even(size, Load.Kind.GET), HandlerTime.NONE),
                    new Scene("zipf", zipf, HandlerTime.USUAL));
        }

        private static Load even(Size size, Load.Kind kind) {
            return new Load(size.commands(), KEYS, Load.Spread.EVEN, kind);
        }

        private String title() {
            return "\nHandler of %s, %,d commands to %,d pods (%s), %s:\n\n"
                    .formatted(
                            time.told(),
                            load.commands(),
                            load.keys(),
                            load.spread() == Load.Spread.ZIPF ? "Zipf" : "evenly",
                            load.kind() == Load.Kind.GET ? "one event each" : "three events each");
        }
    }
}
