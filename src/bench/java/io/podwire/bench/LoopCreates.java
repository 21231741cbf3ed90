package io.podwire.bench;

/// The plain loop in front of a real API server.
final class LoopCreates implements Arm {
    private final RealPods pods;
    private final KeyLoop loop;

    LoopCreates(ArmSpec spec) {
        pods = new RealPods(spec);
        loop = KeyLoop.atLeastOnce(spec, pods);
    }

    @Override
    public void run() {
        try (pods) {
            loop.run();
        }
    }

    @Override
    public void stop() {
        loop.stop();
    }
}
