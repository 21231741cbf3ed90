package io.podwire.cli;

import io.podwire.audit.Timeline;
import io.podwire.audit.TimelineEntry;
import io.podwire.codec.ReadCommand;
import io.podwire.codec.ReadEvent;
import io.podwire.protocol.CommandRef;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A pod's timeline, for people.
final class TimelineText {
    private static final Pattern TYPE = Pattern.compile("io\\.podwire\\.(?:pod\\.)?(.+)\\.v1");

    private TimelineText() {}

    static List<String> of(Timeline timeline) {
        List<String> lines = new ArrayList<>();
        timeline.entries().forEach(entry -> lines.add(line(entry)));
        lines.add(known(timeline));
        String open =
                timeline.open().stream().map(CommandRef::id).collect(Collectors.joining(", "));
        if (!open.isEmpty()) {
            lines.add("open: " + open);
        }
        return lines;
    }

    private static String line(TimelineEntry entry) {
        return "%s  %s"
                .formatted(
                        entry.time().truncatedTo(ChronoUnit.MILLIS),
                        switch (entry) {
                            case TimelineEntry.Sent(var command) -> sent(command);
                            case TimelineEntry.Told told -> EventLine.what(told.event());
                            case TimelineEntry.Logged logged -> logged(logged);
                        });
    }

    private static String sent(ReadCommand command) {
        return "%s %s  (%s)"
                .formatted(
                        command.type()
                                .map(type -> TYPE.matcher(type).replaceFirst("$1"))
                                .orElse("unreadable command"),
                        command.command().map(CommandRef::id).orElse(""),
                        command.in());
    }

    private static String logged(TimelineEntry.Logged logged) {
        String chunks =
                logged.firstChunk() == logged.lastChunk()
                        ? "chunk " + logged.firstChunk()
                        : "chunks %d to %d".formatted(logged.firstChunk(), logged.lastChunk());
        return "log %s%s: %s, %d lines%s"
                .formatted(
                        logged.container(),
                        logged.command().map(command -> " of " + command.id()).orElse(""),
                        chunks,
                        logged.lines(),
                        logged.last() ? ", the last" : "");
    }

    private static String known(Timeline timeline) {
        return timeline.newest()
                .map(TimelineText::known)
                .orElse("known: no pod of ours of this name");
    }

    private static String known(ReadEvent newest) {
        return newest.body() instanceof ReadEvent.Transition transition
                ? "known: %s, transition %d of uid %s"
                        .formatted(
                                transition.to(),
                                transition.seq(),
                                newest.podUid().orElse("unknown"))
                : "";
    }
}
