package io.podwire.execute;

import io.fabric8.kubernetes.api.model.Pod;
import io.podwire.protocol.Command;
import io.podwire.protocol.Fact;

import java.time.InstantSource;
import java.util.Objects;

/// Carries one command out against the API server and says what became of it.
///
/// Thread-safe; a call blocks until there is an answer that is true: through outages, and through
/// lost responses until a read of the pod has resolved them. It ends without an answer only by an
/// interrupt or by [PermissionLost].
public final class Executor {
    private final Pods pods;
    private final Ownership ownership;
    private final Attempts attempts;

    public Executor(Pods pods, ExecutorSettings settings, InstantSource clock, Pause pause) {
        this.pods = Objects.requireNonNull(pods, "pods");
        this.ownership = new Ownership(settings);
        this.attempts = new Attempts(settings, clock, pause);
    }

    /// Creates the pod, or adopts the one that this very command made before.
    public Fact.OfCommand create(Command.CreatePod command, Pod manifest, Permission permission)
            throws InterruptedException {
        Effort effort = attempts.begin(command, permission);
        return new CarryOutCreate(pods, ownership, effort, command, manifest).answer();
    }

    public Fact.OfCommand get(Command.GetPod command, Permission permission)
            throws InterruptedException {
        Effort effort = attempts.begin(command, permission);
        return new CarryOutGet(pods, ownership, effort, command).answer();
    }

    /// Has the deletion accepted; that the pod is gone is for the watch to say.
    public Fact.OfCommand delete(Command.DeletePod command, Permission permission)
            throws InterruptedException {
        Effort effort = attempts.begin(command, permission);
        return new CarryOutDelete(pods, ownership, effort, command).answer();
    }

    /// Finds the pod whose log is to be read; reading it is not the executor's work.
    public Fact.OfCommand openLogs(Command.ReadLogs command, Permission permission)
            throws InterruptedException {
        Effort effort = attempts.begin(command, permission);
        return new OpenLogs(pods, ownership, effort, command).answer();
    }

    public ExecutorCounts counts() {
        return attempts.counts();
    }
}
