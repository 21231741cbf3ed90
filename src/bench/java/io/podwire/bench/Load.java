package io.podwire.bench;

import java.util.Random;

/// The commands of a run: the same for every arm.
///
/// @param commands how many
/// @param keys how many pods they are about
/// @param spread how often which pod
/// @param kind what is asked
record Load(int commands, int keys, Spread spread, Kind kind) {
    private static final long SEED = 20_261_128;

    /// The pod of each command, by number.
    int[] pods() {
        Random random = new Random(SEED);
        double[] until = spread == Spread.ZIPF ? zipf() : new double[0];
        int[] pods = new int[commands];
        for (int number = 0; number < commands; number++) {
            pods[number] =
                    switch (spread) {
                        case IN_TURN -> podInTurn(number);
                        case EVEN ->
                                // All are there once before one comes again: a pod's first command
                                // makes it.
                                number < keys ? number : random.nextInt(keys);
                        case ZIPF -> place(until, random.nextDouble());
                    };
        }
        return pods;
    }

    /// The pod of a command with such a number, where pods are asked for in turn.
    int podInTurn(int number) {
        return number % keys;
    }

    private double[] zipf() {
        double[] until = new double[keys];
        double sum = 0;
        for (int key = 0; key < keys; key++) {
            sum += 1.0 / (key + 1);
            until[key] = sum;
        }
        for (int key = 0; key < keys; key++) {
            until[key] /= sum;
        }
        return until;
    }

    private static int place(double[] until, double at) {
        int low = 0;
        int high = until.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (until[middle] < at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    String key(int pod) {
        return ArmSpec.NAMESPACE + "/" + name(pod);
    }

    private static String name(int pod) {
        return "bench-" + pod;
    }

    /// The command's value.
    String value(int number, int pod) {
        return """
        {"specversion":"1.0","id":"%s","source":"/bench","type":"%s","data":%s}"""
                .formatted(id(number), type(number), data(number, name(pod)));
    }

    static String id(int number) {
        return "c-" + number;
    }

    /// Of a command with such an id.
    static int number(String id) {
        return Integer.parseInt(id.substring(2));
    }

    private boolean creates(int number) {
        return kind == Kind.CREATE || (kind == Kind.AWAITED_GET && number < keys);
    }

    private String type(int number) {
        return creates(number) ? "io.podwire.pod.create.v1" : "io.podwire.pod.get.v1";
    }

    private String data(int number, String pod) {
        if (creates(number)) {
            return """
            {"pod":{"name":"%s","image":"busybox:1.36","nodeSelector":{"bench":"nowhere"},\
            "resources":{"cpu":0.01,"memory":"16Mi"}}}"""
                    .formatted(pod);
        }
        return switch (kind) {
            case CREATE, GET -> "{\"name\":\"%s\"}".formatted(pod);
            case AWAITED_GET ->
                    "{\"name\":\"%s\",\"await\":{\"state\":\"Running\"}}".formatted(pod);
        };
    }

    enum Spread {
        /// One pod after another, so that no command waits for one before it.
        IN_TURN,
        EVEN,
        /// The n-th pod is asked for 1/n as often as the first.
        ZIPF
    }

    enum Kind {
        /// A pod that no node takes.
        CREATE,
        /// One event: the answer.
        GET,
        /// Three events: accepted, a transition, the answer. The first command of a pod creates it.
        AWAITED_GET
    }
}
