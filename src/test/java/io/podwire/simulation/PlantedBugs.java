package io.podwire.simulation;

import io.podwire.simulation.PlantedBug.How;

import java.util.List;
import java.util.Set;

/// Bugs that the simulation must find, each with the promises that it breaks.
final class PlantedBugs {
    private static final String KAFKA = "io.podwire.kafka.";
    private static final String PIPELINE = "io.podwire.pipeline.";
    private static final String EXECUTE = "io.podwire.execute.";
    private static final String LEDGER = "io.podwire.ledger.";
    private static final String SIMULATION = "io.podwire.simulation.";

    static final List<PlantedBug> ALL =
            List.of(
                    new PlantedBug(
                            "offsets are committed before the results",
                            SIMULATION + "SimulatedProducer",
                            "sendOffsetsToTransaction",
                            instead(SIMULATION + "PlantedInSimulation", "commitOffsetsAtOnce"),
                            Set.of("NOT_DRAINED", "SEQ_HOLE")),
                    new PlantedBug(
                            "the committed offset passes what is not settled",
                            KAFKA + "Transactions",
                            "offsetsOf",
                            calls("committable", KAFKA + "PlantedInKafka", "afterNewest"),
                            Set.of("OFFSET_PASSED")),
                    new PlantedBug(
                            "the outcome of a commit is guessed as aborted",
                            KAFKA + "Transactions",
                            "afterFailure",
                            calls("carry", KAFKA + "PlantedInKafka", "guessAborted"),
                            Set.of(
                                    "ANSWERED_TWICE",
                                    "SEQ_REPEATED",
                                    "CHUNK_REPEATED",
                                    "ID_ANSWERED_TWICE")),
                    new PlantedBug(
                            "the outcome of a commit is guessed as committed",
                            KAFKA + "Transactions",
                            "afterFailure",
                            calls("carry", KAFKA + "PlantedInKafka", "guessCommitted"),
                            Set.of(
                                    "OFFSET_PASSED",
                                    "NOT_DRAINED",
                                    "DEFECT",
                                    "SEQ_HOLE",
                                    "STATE_DISAGREES")),
                    new PlantedBug(
                            "the fold of an aborted transaction is not undone",
                            KAFKA + "Publisher",
                            "commit",
                            calls("fold", KAFKA + "PlantedInKafka", "foldForGood"),
                            Set.of("OFFSET_PASSED", "NOT_DRAINED")),
                    new PlantedBug(
                            "facts of a lost partition are published",
                            KAFKA + "Publisher",
                            "withoutLost",
                            instead(KAFKA + "PlantedInKafka", "keepLost"),
                            Set.of("PUBLISHED_AFTER_LOSS")),
                    new PlantedBug(
                            "the group takes offsets of an old generation",
                            SIMULATION + "Group",
                            "accepts",
                            new How.Answers(true),
                            Set.of("PUBLISHED_AFTER_LOSS")),
                    new PlantedBug(
                            "states are not restored",
                            KAFKA + "StateRestore",
                            "read",
                            instead(KAFKA + "PlantedInKafka", "readNothing"),
                            Set.of("ORPHAN", "STATE_STALE", "NOT_DRAINED", "ANSWERED_TWICE")),
                    new PlantedBug(
                            "a lost partition counts as held",
                            KAFKA + "OwnedPartition",
                            "held",
                            new How.Answers(true),
                            Set.of("CHANGED_AFTER_LOSS", "TWO_PODS")),
                    new PlantedBug(
                            "a command is settled behind one that was given up",
                            PIPELINE + "CommandPipeline",
                            "settle",
                            calls("held", PIPELINE + "PlantedInPipeline", "held"),
                            Set.of("OFFSET_PASSED")),
                    new PlantedBug(
                            "a repeated command is carried out again",
                            LEDGER + "Admission",
                            "against",
                            instead(LEDGER + "PlantedInLedger", "doAgain"),
                            Set.of("ID_ANSWERED_TWICE", "TWO_PODS")),
                    new PlantedBug(
                            "the commands of a pod run side by side",
                            PIPELINE + "CommandPipeline$LaneKey",
                            "of",
                            instead(PIPELINE + "PlantedInPipeline", "ofRecord"),
                            Set.of(
                                    "TWO_PODS",
                                    "OFFSET_PASSED",
                                    "ORDER_INVERTED",
                                    "ID_ANSWERED_TWICE")),
                    new PlantedBug(
                            "open commands are not taken up after a restart",
                            PIPELINE + "PodWorker",
                            "opened",
                            new How.DoesNothing(),
                            Set.of("NOT_DRAINED")),
                    new PlantedBug(
                            "what went while nobody watched is not asked for",
                            PIPELINE + "PodWatcher",
                            "synced",
                            new How.DoesNothing(),
                            Set.of("STATE_STALE")),
                    new PlantedBug(
                            "a pod of the same command is never adopted",
                            EXECUTE + "Ownership",
                            "madeBy",
                            new How.Answers(false),
                            Set.of("REFUSED_BUT_MADE")),
                    new PlantedBug(
                            "any pod of that name is adopted",
                            EXECUTE + "Ownership",
                            "madeBy",
                            new How.Answers(true),
                            Set.of("ANOTHERS_POD")),
                    new PlantedBug(
                            "a create is refused without a look at the pod",
                            EXECUTE + "CarryOutCreate",
                            "unlessThere",
                            instead(EXECUTE + "PlantedInExecute", "withoutALook"),
                            Set.of("REFUSED_BUT_MADE")));

    private PlantedBugs() {}

    private static How instead(String type, String method) {
        return new How.DoesInstead(type, method);
    }

    private static How calls(String called, String type, String method) {
        return new How.Calls(called, type, method);
    }
}
