package io.podwire.protocol;

/// The states a pod can be said to be in. Closed; `published()` is the word in events.
public enum PodLifecycle {
    PENDING("Pending"),
    SCHEDULING_GATED("SchedulingGated"),
    UNSCHEDULABLE("Unschedulable"),
    CREATING("Creating"),
    IMAGE_ERROR("ImageError"),
    CONFIG_ERROR("ConfigError"),
    INITIALIZING("Initializing"),
    RUNNING("Running"),
    READY("Ready"),
    CRASH_LOOP("CrashLoop"),
    TERMINATING("Terminating"),
    UNKNOWN("Unknown"),
    SUCCEEDED("Succeeded"),
    FAILED("Failed"),
    DELETED("Deleted");

    private final String published;

    PodLifecycle(String published) {
        this.published = published;
    }

    public String published() {
        return published;
    }

    /// Whether the pod's containers have ended for good; the first such state per uid is its outcome.
    public boolean finished() {
        return this == SUCCEEDED || this == FAILED;
    }

    /// Whether a container of the pod was seen started: it runs, ran, or is being restarted.
    public boolean started() {
        return switch (this) {
            case RUNNING, READY, CRASH_LOOP, SUCCEEDED, FAILED -> true;
            case PENDING,
                    SCHEDULING_GATED,
                    UNSCHEDULABLE,
                    CREATING,
                    IMAGE_ERROR,
                    CONFIG_ERROR,
                    INITIALIZING,
                    TERMINATING,
                    UNKNOWN,
                    DELETED ->
                    false;
        };
    }
}
