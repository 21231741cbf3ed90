package io.podwire.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Habits of the style that a machine can see.
class HabitsTest {
    private static final int MOST_LINES = 300;
    private static final int MOST_PARAMETERS = 5;
    private static final Map<String, Set<String>> CLOCKS =
            Map.of(
                    "java.time.Instant", Set.of("now"),
                    "java.lang.Thread", Set.of("sleep"),
                    "java.lang.System", Set.of("currentTimeMillis", "nanoTime"));

    @Test
    void namesSayWhatAClassDoes() {
        noClasses()
                .should()
                .haveNameMatching(
                        ".*[.$](\\w*(Manager|Helper|Utils?|Impl)|(Abstract|Base)[A-Z]\\w*)")
                .check(Rooms.CLASSES);
    }

    @Test
    void nothingThatWeNameIsCalledGet() {
        methods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .and(DescribedPredicate.describe("are named by us", HabitsTest::isNamedByUs))
                .should()
                .haveNameNotMatching("get[A-Z].*")
                .check(Rooms.CLASSES);
    }

    /// A library's interface names its own methods.
    private static boolean isNamedByUs(JavaMethod method) {
        JavaClass owner = method.getOwner();
        return Stream.concat(
                        owner.getAllRawInterfaces().stream(),
                        owner.getAllRawSuperclasses().stream())
                .filter(type -> Rooms.of(type).isEmpty())
                .flatMap(type -> type.getMethods().stream())
                .noneMatch(theirs -> theirs.getName().equals(method.getName()));
    }

    @Test
    void belowTheEdgesTimeIsInjected() {
        noClasses()
                .that(DescribedPredicate.describe("are below the edges", HabitsTest::belowTheEdges))
                .should()
                .accessTargetWhere(
                        DescribedPredicate.describe(
                                "takes time from the machine", HabitsTest::isTime))
                .check(Rooms.CLASSES);
    }

    private static boolean belowTheEdges(JavaClass type) {
        return Rooms.of(type).filter(room -> Rooms.floor(room) <= 2).isPresent();
    }

    private static boolean isTime(JavaAccess<?> access) {
        Set<String> ofOwner = CLOCKS.getOrDefault(access.getTargetOwner().getName(), Set.of());
        return ofOwner.contains(access.getTarget().getName());
    }

    @Test
    void classesAreFinalOrSealed() {
        classes()
                .that(
                        DescribedPredicate.not(
                                DescribedPredicate.describe(
                                        "anonymous", JavaClass::isAnonymousClass)))
                .should(
                        ArchCondition.from(
                                DescribedPredicate.describe(
                                        "be final or sealed", HabitsTest::isClosed)))
                .check(Rooms.CLASSES);
    }

    private static boolean isClosed(JavaClass type) {
        return type.isInterface()
                || type.isEnum()
                || type.getModifiers().contains(JavaModifier.FINAL)
                || type.reflect().isSealed();
    }

    @Test
    void constructorsTakeFiveThingsAtMost() {
        constructors()
                .that(
                        DescribedPredicate.describe(
                                "are written in classes",
                                (JavaConstructor c) ->
                                        !c.getOwner().isRecord()
                                                && !c.getOwner().isAnonymousClass()))
                .should(
                        ArchCondition.from(
                                DescribedPredicate.describe(
                                        "take at most 5 parameters",
                                        (JavaConstructor c) -> parameters(c) <= MOST_PARAMETERS)))
                .check(Rooms.CLASSES);
    }

    /// Without those that the compiler adds: an enum's name and number, an inner class's outer one.
    private static int parameters(JavaConstructor constructor) {
        JavaClass owner = constructor.getOwner();
        int added = owner.isEnum() ? 2 : owner.isInnerClass() ? 1 : 0;
        return constructor.getRawParameterTypes().size() - added;
    }

    @Test
    void noSourceIsLongerThanThreeHundredLines() throws IOException {
        // When
        List<Path> longer = new ArrayList<>();
        for (Path source : mainSources()) {
            if (Files.readAllLines(source).size() > MOST_LINES) {
                longer.add(source);
            }
        }

        // Then
        assertThat(longer).isEmpty();
    }

    @Test
    void everyPackageSaysItsRoleAndThatNothingIsNull() throws IOException {
        // When
        List<Path> silent = new ArrayList<>();
        for (String room : Rooms.FLOORS.keySet()) {
            Path info = Path.of("src/main/java/io/podwire", room, "package-info.java");
            if (!Files.exists(info) || !saysAll(Files.readString(info))) {
                silent.add(info);
            }
        }

        // Then
        assertThat(silent).isEmpty();
    }

    private static boolean saysAll(String info) {
        return info.startsWith("/// ") && info.contains("\n@NullMarked\npackage ");
    }

    private static List<Path> mainSources() throws IOException {
        return SourceFormat.sources().stream()
                .filter(source -> source.startsWith(Path.of("src", "main")))
                .toList();
    }
}
