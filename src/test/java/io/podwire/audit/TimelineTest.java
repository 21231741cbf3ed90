package io.podwire.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.audit.TimelineEntry.Logged;
import io.podwire.audit.TimelineEntry.Sent;
import io.podwire.audit.TimelineEntry.Told;
import io.podwire.codec.ReadEvent;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.RecordRef;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

class TimelineTest {
    private static final PodRef HELLO = new PodRef("default", "hello");

    private final History history = new History();

    @Test
    void commandsAnswersTransitionsAndLogsAreToldInOrder() {
        // Given
        RecordRef create = history.sent("pod.create", "c");
        history.answered(create, "created");
        history.transition(create, "u1", 1, "", "Pending");
        RecordRef logs = history.sent("pod.logs", "l");
        history.accepted(logs);
        history.chunk(logs, "main", 0, false);
        history.chunk(logs, "main", 1, true);
        history.chunk(logs, "beside", 2, true);

        // When
        List<TimelineEntry> entries = of(HELLO, Optional.empty()).entries();

        // Then
        assertThat(entries)
                .extracting(TimelineTest::text)
                .containsExactly(
                        "sent c",
                        "io.podwire.command.succeeded.v1",
                        "io.podwire.pod.transition.v1",
                        "sent l",
                        "io.podwire.command.accepted.v1",
                        "main 0-1, 2 lines, last",
                        "beside 2-2, 1 lines, last");
    }

    private static String text(TimelineEntry entry) {
        return switch (entry) {
            case Sent(var command) ->
                    "sent " + command.command().map(CommandRef::id).orElse("nothing");
            case Told told -> told.event().type();
            case Logged l ->
                    "%s %d-%d, %d lines%s"
                            .formatted(
                                    l.container(),
                                    l.firstChunk(),
                                    l.lastChunk(),
                                    l.lines(),
                                    l.last() ? ", last" : "");
        };
    }

    @Test
    void whatCameLaterIsNotKnown() {
        // Given
        RecordRef create = history.sent("pod.create", "c");
        history.answered(create, "created");
        history.transition(create, "u1", 1, "", "Pending");
        RecordRef logs = history.sent("pod.logs", "l");
        Instant then = history.now();
        history.accepted(logs);
        history.passes(Duration.ofMinutes(1));
        history.transition(create, "u1", 2, "Pending", "Failed");
        history.streamed(logs, 0, 0);
        history.sent("pod.get", "g");

        // When
        Timeline before = of(HELLO, Optional.of(then));
        Timeline now = of(HELLO, Optional.empty());

        // Then
        assertThat(before.open()).containsExactly(new CommandRef("/t", "l"));
        assertThat(before.newest().map(TimelineTest::seq)).contains(1L);
        assertThat(now.open()).containsExactly(new CommandRef("/t", "g"));
        assertThat(now.newest().map(TimelineTest::seq)).contains(2L);
    }

    private static long seq(ReadEvent event) {
        return event.body() instanceof ReadEvent.Transition transition ? transition.seq() : 0;
    }

    @Test
    void otherPodsAreLeftOut() {
        // Given
        history.answered(history.sent("pod.get", "g"), "found");

        // When, Then
        assertThat(of(new PodRef("default", "other"), Optional.empty()).entries()).isEmpty();
    }

    private Timeline of(PodRef pod, Optional<Instant> at) {
        Timeline timeline = new Timeline("default", pod, at);
        history.events.forEach(timeline::event);
        history.commands.forEach(timeline::command);
        return timeline;
    }
}
