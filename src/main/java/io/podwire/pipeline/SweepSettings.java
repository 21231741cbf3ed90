package io.podwire.pipeline;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// What the sweep may do.
///
/// @param group of the pods, as their label has it
/// @param age how long a pod must have been seen without a state; a command under way has long ended by then
public record SweepSettings(String group, Mode mode, Duration age) {
    public SweepSettings {
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(mode, "mode");
        if (!age.isPositive()) {
            throw new IllegalArgumentException("age must be positive: " + age);
        }
    }

    public enum Mode {
        /// Nothing is looked for.
        OFF,
        /// What is found is told, and left.
        REPORT,
        /// What is found is told, and deleted.
        DELETE;

        /// As the setting has it.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static List<String> words() {
            return Arrays.stream(values()).map(Mode::word).toList();
        }
    }
}
