package io.podwire.faults;

import io.podwire.testkit.CrashPoint;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The end of a worker at one point of one kind of command.
///
/// @param matrix the point in the fault matrix
/// @param nth passage after the command was sent
/// @param about what the passage is about: part of a topic's name, or nothing
record Crash(String matrix, CrashPoint point, Kind kind, int nth, String about) {
    private static final Set<Kind> ALL = EnumSet.allOf(Kind.class);

    /// What a command asks for.
    enum Kind {
        CREATE,
        CREATE_AND_AWAIT,
        GET,
        DELETE,
        LOGS,
        CANCEL
    }

    /// Each point once, and another kind of command each time.
    static List<Crash> eachPoint() {
        return List.of(
                crash("C1", CrashPoint.AFTER_POLL, Kind.CREATE),
                crash("C2", CrashPoint.AFTER_LOOK_UP, Kind.DELETE),
                crash("C3", CrashPoint.BEFORE_POST, Kind.CREATE_AND_AWAIT),
                crash("C4", CrashPoint.AFTER_SENT, Kind.CREATE),
                crash("C5", CrashPoint.AFTER_CREATED, Kind.CREATE),
                crash("C6", CrashPoint.AFTER_BEGIN, Kind.GET),
                new Crash("C7", CrashPoint.AFTER_SEND, Kind.CREATE, 1, "-events"),
                new Crash("C8", CrashPoint.AFTER_SEND, Kind.CANCEL, 1, "-states"),
                crash("C9", CrashPoint.AFTER_OFFSETS, Kind.LOGS),
                crash("C10", CrashPoint.BEFORE_COMMIT, Kind.CREATE_AND_AWAIT),
                crash("C11", CrashPoint.AFTER_COMMIT, Kind.DELETE),
                new Crash("C14", CrashPoint.IN_LOG, Kind.LOGS, 2, ""));
    }

    /// Each point with each kind of command that comes past it.
    static List<Crash> all() {
        List<Crash> all = new ArrayList<>();
        for (Kind kind : ALL) {
            all.add(crash("C1", CrashPoint.AFTER_POLL, kind));
            all.add(crash("C2", CrashPoint.AFTER_LOOK_UP, kind));
            all.addAll(atTheApiServer(kind));
            all.add(crash("C6", CrashPoint.AFTER_BEGIN, kind));
            all.add(new Crash("C7", CrashPoint.AFTER_SEND, kind, 1, "-events"));
            all.add(new Crash("C8", CrashPoint.AFTER_SEND, kind, 1, "-states"));
            all.add(crash("C9", CrashPoint.AFTER_OFFSETS, kind));
            all.add(crash("C10", CrashPoint.BEFORE_COMMIT, kind));
            all.add(crash("C11", CrashPoint.AFTER_COMMIT, kind));
        }
        for (int chunk = 1; chunk <= 4; chunk++) {
            all.add(new Crash("C14", CrashPoint.IN_LOG, Kind.LOGS, chunk, ""));
        }
        return all;
    }

    private static List<Crash> atTheApiServer(Kind kind) {
        return switch (kind) {
            case CREATE, CREATE_AND_AWAIT ->
                    List.of(
                            crash("C3", CrashPoint.BEFORE_POST, kind),
                            crash("C4", CrashPoint.AFTER_SENT, kind),
                            crash("C5", CrashPoint.AFTER_CREATED, kind));
            case DELETE ->
                    List.of(
                            crash("C3", CrashPoint.BEFORE_DELETE, kind),
                            // Behind the read that finds the uid.
                            new Crash("C4", CrashPoint.AFTER_SENT, kind, 2, ""),
                            crash("C5", CrashPoint.AFTER_DELETED, kind));
            case GET, LOGS ->
                    List.of(
                            crash("C3", CrashPoint.BEFORE_GET, kind),
                            crash("C4", CrashPoint.AFTER_SENT, kind),
                            crash("C5", CrashPoint.AFTER_GET, kind));
            case CANCEL -> List.of();
        };
    }

    private static Crash crash(String matrix, CrashPoint point, Kind kind) {
        return new Crash(matrix, point, kind, 1, "");
    }
}
