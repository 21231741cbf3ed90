package io.podwire.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Reads a container's log in the form that a log call asked for. Confined to one thread at a time.
final class LogReader {
    private static final int BATCH_ENTRIES = 256;
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'")
                    .withZone(ZoneOffset.UTC);

    private final ContainerLog log;
    private final Form form;

    /// The number of the next record.
    private long position;

    /// Whether the next record continues a line.
    private boolean insideLine;

    private long bytesLeft;

    LogReader(ContainerLog log, Form form) {
        this.log = log;
        this.form = form;
        this.position = form.start(log);
        this.bytesLeft = form.limitBytes().orElse(Long.MAX_VALUE);
    }

    /// The next bytes; empty when there are none at the moment.
    byte[] read() {
        var out = new ByteArrayOutputStream();
        ContainerLog.Batch batch;
        do {
            batch = log.read(position, BATCH_ENTRIES);
            position = batch.next();
            batch.entries().forEach(entry -> render(entry, out));
        } while (out.size() == 0 && !batch.entries().isEmpty());
        byte[] rendered = out.toByteArray();
        byte[] allowed =
                rendered.length <= bytesLeft
                        ? rendered
                        : java.util.Arrays.copyOf(rendered, (int) bytesLeft);
        bytesLeft -= allowed.length;
        return allowed;
    }

    /// Each record is asked for its own time, so that a line may come without its beginning; its time is lost with that.
    private void render(ContainerLog.Entry entry, ByteArrayOutputStream out) {
        if (form.wants(entry)) {
            if (form.timestamps() && !insideLine) {
                out.writeBytes(
                        (TIMESTAMP.format(entry.at()) + " ").getBytes(StandardCharsets.UTF_8));
            }
            out.writeBytes(entry.bytes());
            if (!entry.partial()) {
                out.write('\n');
            }
        }
        insideLine = entry.partial();
    }

    /// Whether no more will ever come.
    boolean ended() {
        boolean nothingLeft = position >= log.next();
        return bytesLeft == 0 || (nothingLeft && (!form.follow() || log.ended()));
    }

    /// What a log call asked for.
    record Form(
            boolean follow,
            boolean timestamps,
            Optional<Long> tailLines,
            Optional<Instant> since,
            Optional<Long> limitBytes) {
        static Form of(ApiRequest request) {
            Optional<Long> seconds = number(request, "sinceSeconds");
            Optional<String> time = request.parameter("sinceTime");
            if (seconds.isPresent() && time.isPresent()) {
                throw ApiFailure.badRequest(
                        "at most one of `sinceTime` or `sinceSeconds` may be specified");
            }
            Optional<Instant> since =
                    seconds.map(back -> Instant.now().minusSeconds(back))
                            .or(() -> time.map(Form::wholeSecond));
            return new Form(
                    request.flag("follow"),
                    request.flag("timestamps"),
                    number(request, "tailLines"),
                    since,
                    number(request, "limitBytes"));
        }

        /// A real API server hands the time on to the kubelet without its fraction.
        private static Instant wholeSecond(String time) {
            try {
                return Instant.parse(time).truncatedTo(ChronoUnit.SECONDS);
            } catch (java.time.DateTimeException e) {
                throw ApiFailure.badRequest(
                        "parsing time \"%s\": %s".formatted(time, e.getMessage()));
            }
        }

        private static Optional<Long> number(ApiRequest request, String name) {
            try {
                return request.parameter(name).map(Long::parseLong);
            } catch (NumberFormatException e) {
                throw ApiFailure.badRequest("strconv.ParseInt: " + e.getMessage());
            }
        }

        long start(ContainerLog log) {
            return tailLines.map(lines -> Math.max(0, log.next() - lines)).orElse(0L);
        }

        boolean wants(ContainerLog.Entry entry) {
            return since.filter(entry.at()::isBefore).isEmpty();
        }
    }
}
