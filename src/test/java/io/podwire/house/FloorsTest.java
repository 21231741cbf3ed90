package io.podwire.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The map of the house, and who may use which library.
class FloorsTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| ([0-4])\\b[^|]*\\| `(\\w+)` \\| .+ \\|$", Pattern.MULTILINE);

    @Test
    void mapNamesThePackagesThatThereAre() {
        // When
        var rooms =
                Rooms.CLASSES.stream()
                        .map(Rooms::of)
                        .flatMap(Optional::stream)
                        .collect(Collectors.toSet());

        // Then
        assertThat(rooms).isEqualTo(Rooms.FLOORS.keySet());
    }

    @Test
    void readmeShowsTheSameMap() throws IOException {
        // When
        Map<String, Integer> shown =
                ROW.matcher(Files.readString(Path.of("README.md")))
                        .results()
                        .collect(
                                Collectors.toMap(
                                        (MatchResult row) -> row.group(2),
                                        row -> Integer.parseInt(row.group(1))));

        // Then
        assertThat(new TreeMap<>(shown)).isEqualTo(new TreeMap<>(Rooms.FLOORS));
    }

    @Test
    void packagesUseLowerFloorsOnly() {
        classes().should(new UseOnlyWhatTheyMay()).check(Rooms.CLASSES);
    }

    @Test
    void jacksonIsUsedByTheCodecOnlyAndToSetUpTheKubernetesClient() {
        noClasses()
                .that()
                .resideOutsideOfPackages(rooms("codec", "sandbox"))
                .and()
                .doNotHaveFullyQualifiedName("io.podwire.kubernetes.SlimJson")
                .and()
                .doNotHaveFullyQualifiedName("io.podwire.kubernetes.SlimJson$WithoutManagedFields")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml.jackson..", "tools.jackson..")
                .check(Rooms.CLASSES);
    }

    @Test
    void kafkasClientsAreUsedByTheKafkaEdgeOnly() {
        classes()
                .that()
                .resideOutsideOfPackages(rooms("kafka", "sandbox"))
                .should(new LeaveKafkaToItsEdge())
                .check(Rooms.CLASSES);
    }

    @Test
    void kubernetesClientIsUsedByTheKubernetesEdgeOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages(rooms("kubernetes"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fabric8.kubernetes.client..")
                .check(Rooms.CLASSES);
    }

    @Test
    void openTelemetryIsUsedByThePipelineOnlyAndGivenToItByTheRoot() {
        noClasses()
                .that()
                .resideOutsideOfPackages(rooms("pipeline", "app"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.opentelemetry..")
                .check(Rooms.CLASSES);
    }

    @Test
    void kubernetesModelIsTheLanguageOfThoseWhoHandlePods() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        rooms("manifest", "policy", "watch", "execute", "pipeline", "kubernetes"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fabric8..")
                .check(Rooms.CLASSES);
    }

    private static String[] rooms(String... names) {
        return Arrays.stream(names).map(name -> Rooms.HOUSE + name).toArray(String[]::new);
    }

    /// The composition root closes what the edge has opened; that is all it does with it.
    private static final class LeaveKafkaToItsEdge extends ArchCondition<JavaClass> {
        private LeaveKafkaToItsEdge() {
            super("leave Kafka's clients to the edge");
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            boolean root = Rooms.of(type).equals(Optional.of("app"));
            for (Dependency use : type.getDirectDependenciesFromSelf()) {
                boolean kafkas =
                        use.getTargetClass()
                                .getPackageName()
                                .matches("(org\\.apache\\.)?kafka\\..*");
                boolean ours = use.getTargetClass().getPackageName().startsWith(Rooms.HOUSE);
                boolean closes = use.getDescription().contains(".close()>");
                if (kafkas && !ours && !(root && closes)) {
                    events.add(SimpleConditionEvent.violated(use, use.getDescription()));
                }
            }
        }
    }

    private static final class UseOnlyWhatTheyMay extends ArchCondition<JavaClass> {
        private UseOnlyWhatTheyMay() {
            super("use only lower floors, and on the fourth the neighbours they may");
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            String room = Rooms.of(type).orElseThrow();
            for (Dependency use : type.getDirectDependenciesFromSelf()) {
                Rooms.of(use.getTargetClass())
                        .filter(other -> !Rooms.mayImport(room, other))
                        .ifPresent(
                                _ ->
                                        events.add(
                                                SimpleConditionEvent.violated(
                                                        use, use.getDescription())));
            }
        }
    }
}
