package io.podwire.bench;

/// A consumer of commands that answers them, in a process of its own.
interface Arm {
    /// Works until [#stop]; called once.
    void run() throws InterruptedException;

    /// Ends [#run] after what is in hand is answered. From any thread.
    void stop() throws InterruptedException;
}
