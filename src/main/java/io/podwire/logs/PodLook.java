package io.podwire.logs;

import io.podwire.protocol.PodConfig;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodStatus;

import java.util.Objects;
import java.util.Optional;

/// Looks at a pod as the API server has it now.
public interface PodLook {
    Look look(PodRef pod) throws InterruptedException;

    /// What was seen.
    sealed interface Look {
        /// The pod as it is.
        ///
        /// @param restartPolicy of the pod, where known: tells whether an ended container will run again
        record Present(PodStatus status, Optional<PodConfig.RestartPolicy> restartPolicy)
                implements Look {
            public Present {
                Objects.requireNonNull(status, "status");
                Objects.requireNonNull(restartPolicy, "restartPolicy");
            }

            public Present(PodStatus status) {
                this(status, Optional.empty());
            }
        }

        /// There is no pod of that name.
        record Gone() implements Look {}

        /// There was no answer.
        record Unknown(String message) implements Look {}
    }
}
