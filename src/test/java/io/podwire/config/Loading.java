package io.podwire.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

/// Short ways to load settings in a test.
final class Loading {
    private Loading() {}

    static Loaded set(String... assignments) {
        return Settings.load(List.of(), Map.of(), List.of(assignments), Requirement.ANY);
    }

    static Loaded environment(Map<String, String> environment) {
        return Settings.load(List.of(), environment, List.of(), Requirement.ANY);
    }

    static WorkerSettings good(Loaded loaded) {
        return switch (loaded) {
            case Loaded.Good(WorkerSettings settings) -> settings;
            case Loaded.Mistaken(List<String> mistakes) -> throw new AssertionError(mistakes);
        };
    }

    static List<String> mistakes(Loaded loaded) {
        assertThat(loaded).isInstanceOf(Loaded.Mistaken.class);
        return ((Loaded.Mistaken) loaded).mistakes();
    }
}
