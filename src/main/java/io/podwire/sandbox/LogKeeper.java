package io.podwire.sandbox;

import java.util.function.Consumer;

/// Where container logs are kept beyond the process.
interface LogKeeper {
    /// Takes the records of one container instance as they are written.
    Consumer<ContainerLog.Entry> writer(String uid, String container, int instance);

    /// Forgets the logs of a pod.
    void remove(String uid);

    /// Keeps nothing.
    static LogKeeper none() {
        return new LogKeeper() {
            @Override
            public Consumer<ContainerLog.Entry> writer(String uid, String container, int instance) {
                return _ -> {};
            }

            @Override
            public void remove(String uid) {}
        };
    }
}
