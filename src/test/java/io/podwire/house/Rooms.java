package io.podwire.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The packages of the house and the floor of each.
final class Rooms {
    static final String HOUSE = "io.podwire.";

    static final Map<String, Integer> FLOORS =
            Map.ofEntries(
                    Map.entry("protocol", 0),
                    Map.entry("observe", 0),
                    Map.entry("codec", 1),
                    Map.entry("manifest", 1),
                    Map.entry("policy", 1),
                    Map.entry("ledger", 1),
                    Map.entry("dispatch", 1),
                    Map.entry("execute", 1),
                    Map.entry("watch", 1),
                    Map.entry("logs", 1),
                    Map.entry("pipeline", 2),
                    Map.entry("audit", 2),
                    Map.entry("kafka", 3),
                    Map.entry("kubernetes", 3),
                    Map.entry("http", 3),
                    Map.entry("config", 4),
                    Map.entry("app", 4),
                    Map.entry("cli", 4),
                    Map.entry("sandbox", 4));

    /// Who may import whom on the same floor.
    static final Map<String, Set<String>> NEIGHBOURS =
            Map.of("cli", Set.of("app", "sandbox", "config"), "app", Set.of("config"));

    static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.podwire");

    private Rooms() {}

    /// The room of a class of ours; empty for everybody else's.
    static Optional<String> of(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(HOUSE)
                ? Optional.of(name.substring(HOUSE.length()))
                : Optional.empty();
    }

    static int floor(String room) {
        return Optional.ofNullable(FLOORS.get(room))
                .orElseThrow(() -> new IllegalStateException("not on the map: " + room));
    }

    static boolean mayImport(String room, String other) {
        return room.equals(other)
                || floor(other) < floor(room)
                || NEIGHBOURS.getOrDefault(room, Set.of()).contains(other);
    }
}
