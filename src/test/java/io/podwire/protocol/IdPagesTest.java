package io.podwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class IdPagesTest {
    private static final CommandRef FIRST = id("first");
    private static final CommandRef SECOND = id("second");
    private static final CommandRef THIRD = id("third");

    private final IdPages pages = IdPages.NONE.plus(page(FIRST, 1)).plus(page(SECOND, 2));

    @Test
    void idsOfAllPagesAreFound() {
        assertThat(pages.find(FIRST)).contains(known(1));
        assertThat(pages.find(SECOND)).contains(known(2));
        assertThat(pages.find(THIRD)).isEmpty();
        assertThat(pages.ids()).isEqualTo(2);
    }

    @Test
    void oldestPagesAreForgottenWithTheirIds() {
        IdPages left = pages.plus(page(THIRD, 3)).withoutOldest(2);

        assertThat(left).isEqualTo(IdPages.of(List.of(page(THIRD, 3))));
        assertThat(left.find(FIRST)).isEmpty();
        assertThat(left.find(SECOND)).isEmpty();
        assertThat(left.find(THIRD)).contains(known(3));
        assertThat(left.ids()).isOne();
    }

    @Test
    void pagesOneByOneAreTheSameAsAllAtOnce() {
        // Given
        List<IdPage> all = List.of(page(FIRST, 5), page(SECOND, 9), page(THIRD, 7));

        // When
        IdPages oneByOne = IdPages.NONE;
        for (IdPage each : all) {
            oneByOne = oneByOne.plus(each);
        }

        // Then
        assertThat(oneByOne).usingRecursiveComparison().isEqualTo(IdPages.of(all));
        assertThat(oneByOne.newest()).isEqualTo(known(9).at());
        assertThat(oneByOne.characters())
                .isEqualTo(FIRST.characters() + SECOND.characters() + THIRD.characters());
    }

    @Test
    void idIsNotTakenForAnotherOneOfTheSameHash() {
        // Given
        CommandRef inThePage = id("Aa");
        CommandRef other = id("BB");
        assertThat(other.hashCode()).isEqualTo(inThePage.hashCode());

        // When
        IdPages one = IdPages.of(List.of(page(inThePage, 1)));

        // Then
        assertThat(one.find(other)).isEmpty();
        assertThat(one.find(inThePage)).contains(known(1));
    }

    @Test
    void pagesThatOnlyOneOfTwoHasAreTold() {
        // Given
        IdPages more = pages.plus(page(THIRD, 3));
        IdPages moved = more.withoutOldest(1);

        // Then
        assertThat(more.beyond(pages)).containsExactly(page(THIRD, 3));
        assertThat(pages.beyond(more)).isEmpty();
        assertThat(moved.beyond(pages)).containsExactly(page(THIRD, 3));
        assertThat(pages.beyond(moved)).containsExactly(page(FIRST, 1));
        assertThat(pages.beyond(IdPages.NONE)).isEqualTo(pages.all());
        assertThat(pages.beyond(pages)).isEmpty();
    }

    private static CommandRef id(String id) {
        return new CommandRef("/lab", id);
    }

    private static IdPage page(CommandRef command, long offset) {
        return new IdPage(Map.of(command, known(offset)));
    }

    private static Known known(long offset) {
        return new Known(
                new RecordRef("pod-commands", 0, offset),
                "digest",
                Optional.empty(),
                Known.Keep.WINDOW,
                Instant.EPOCH.plusSeconds(offset));
    }
}
