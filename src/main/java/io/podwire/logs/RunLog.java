package io.podwire.logs;

import io.podwire.logs.LogSource.Opened;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.LogGap;
import io.podwire.protocol.LogRequest.Follow;
import io.podwire.protocol.LogRequest.Instance;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Reads the log of one run of a container, stream after stream. Confined to the thread that reads the container.
///
/// Each reading returns how the container's log ended, if it did; else the pod is to be looked at again.
final class RunLog {
    // Without `follow`, a container that prints all the time would never show a read without news.
    private static final int ENOUGH_READS = 3;
    private static final Duration API_SERVER_KNOWS = Duration.ofSeconds(10);
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(10);

    private final LogSessionSpec spec;
    private final Attachment attachment;
    private final Progress progress;
    private final ContainerOutput output;
    private final Patience patience;

    private RunCheck check = new RunCheck();
    private Instant notBefore = Instant.MIN;

    /// How much of the end of what is there is asked for; only of the first run, and only until its log was opened.
    private OptionalLong tailLines;

    /// About when that was, by a clock that may be behind ours.
    private Optional<Instant> opened = Optional.empty();

    RunLog(
            LogSessionSpec spec,
            Attachment attachment,
            Progress progress,
            ContainerOutput output,
            Patience patience) {
        this.spec = spec;
        this.attachment = attachment;
        this.progress = progress;
        this.output = output;
        this.patience = patience;
        this.tailLines = progress.begun() ? OptionalLong.empty() : spec.request().tailLines();
    }

    /// The next run is read from here on.
    void begin() {
        check = new RunCheck();
        notBefore = Instant.MIN;
        tailLines = OptionalLong.empty();
        opened = Optional.empty();
        patience.startAgain();
    }

    /// Whether all of the run was taken.
    boolean done() {
        return check.done();
    }

    /// Whether a read from the start or the last place to the end went without an error.
    boolean read() {
        return check.read();
    }

    /// When the run may be followed again.
    Instant notBefore() {
        return notBefore;
    }

    Optional<ContainerEnd> follow(Sight sight) throws InterruptedException {
        Instant before = patience.now();
        return switch (attach(Follow.YES, Instance.CURRENT, sight)) {
            case Attachment.Result.Moved _ -> tryAgain("the pod changed");
            case Attachment.Result.Refused(var answer) -> refused(answer, sight);
            case Attachment.Result.Read(var result) -> followed(result, before);
        };
    }

    Optional<ContainerEnd> readOnce(Sight sight) throws InterruptedException {
        return readOnce(sight, Instance.CURRENT);
    }

    Optional<ContainerEnd> readPrevious(Sight sight) throws InterruptedException {
        return readOnce(sight, Instance.PREVIOUS);
    }

    /// Reads the rest of the run, which is no longer the newest; returns whether there is any use in going on with it.
    boolean finishPrevious(Sight sight) throws InterruptedException {
        return switch (attach(Follow.NO, Instance.PREVIOUS, sight)) {
            case Attachment.Result.Read(var result)
                    when result.how() == StreamReading.How.NOT_LOG && check.isGoneForGood() ->
                    false;
            case Attachment.Result.Read(var result) -> readToEnd(result).isEmpty();
            case Attachment.Result.Moved _ -> tryAgain("the pod changed").isEmpty();
            case Attachment.Result.Refused(Opened.NoPrevious _) -> false;
            case Attachment.Result.Refused _ -> tryAgain("no previous log").isEmpty();
        };
    }

    private Optional<ContainerEnd> readOnce(Sight sight, Instance instance)
            throws InterruptedException {
        return switch (attach(Follow.NO, instance, sight)) {
            case Attachment.Result.Moved _ -> tryAgainOrGiveUp("the pod changed");
            case Attachment.Result.Refused(var answer) -> refused(answer, sight);
            case Attachment.Result.Read(var result) -> readToEnd(result);
        };
    }

    private Attachment.Result attach(Follow follow, Instance instance, Sight sight)
            throws InterruptedException {
        Instant before = patience.now();
        Attachment.Result result = attachment.read(target(follow, instance), sight.run());
        if (result instanceof Attachment.Result.Read && tailLines.isPresent()) {
            tailLines = OptionalLong.empty();
            opened = Optional.of(before.minus(CLOCKS_DIFFER));
        }
        return result;
    }

    private LogTarget target(Follow follow, Instance instance) {
        Optional<Instant> reached = progress.since().or(() -> opened);
        Optional<Instant> since =
                Stream.concat(reached.stream(), spec.request().sinceTime().stream())
                        .max(Comparator.naturalOrder());
        return new LogTarget(spec.pod(), progress.container(), follow, instance, tailLines, since);
    }

    private Optional<ContainerEnd> followed(StreamReading.Result result, Instant from)
            throws InterruptedException {
        if (result.fresh()) {
            patience.succeeded();
        }
        return switch (result.how()) {
            case IDLE, OVER -> Optional.empty();
            case ENDED -> {
                check.followEnded(result, from, patience.now());
                yield endedWhileRunning();
            }
            case UNJOINED -> unjoined();
            case CUT, NOT_LOG -> {
                check.wasCut(result);
                yield tryAgain(result.message());
            }
        };
    }

    /// Mostly the container's end, which the API server will know in a moment. But the log of a pod that is deleted can be
    /// read for a moment only, so what proves the end is asked for at once.
    private Optional<ContainerEnd> endedWhileRunning() throws InterruptedException {
        if (progress.begun() && check.endIsToBeProven()) {
            output.flush();
            return Optional.empty();
        }
        if (!progress.begun()) {
            // Nothing could tell this run's log from the next one's.
            notBefore = patience.now().plus(API_SERVER_KNOWS);
        }
        return tryAgain("the log ended while the container ran");
    }

    /// Lines are gone, or another run was opened because the API server did not know of the restart yet.
    private Optional<ContainerEnd> unjoined() throws InterruptedException {
        if (check.isUnjoinedForGood()) {
            progress.acceptLoss();
        }
        return tryAgain("the log does not join what was read before");
    }

    private Optional<ContainerEnd> readToEnd(StreamReading.Result result)
            throws InterruptedException {
        if (result.fresh()) {
            patience.succeeded();
        }
        if (result.how() != StreamReading.How.ENDED) {
            check.wasCut(result);
        }
        return switch (result.how()) {
            case ENDED -> ended(result);
            case UNJOINED -> unjoined();
            case OVER -> Optional.empty();
            case IDLE, CUT, NOT_LOG -> tryAgainOrGiveUp(result.message());
        };
    }

    private Optional<ContainerEnd> ended(StreamReading.Result result) throws InterruptedException {
        if (!progress.continuous() && !progress.lossAccepted()) {
            return unjoined();
        }
        patience.succeeded();
        boolean enough = !spec.follows() && check.cleanReads() + 1 >= ENOUGH_READS;
        if (!check.isInconclusive(result) || enough) {
            takeRest();
        } else {
            output.flushUnlessFirst();
        }
        return check.done() && !spec.follows() ? ContainerEnd.complete() : Optional.empty();
    }

    /// The run is over: its last line may have no newline.
    void takeRest() throws InterruptedException {
        if (check.cut()) {
            progress.resume();
        }
        Optional<Piece.Line> left = check.finish();
        if (left.isPresent()) {
            var _ = output.take(left.get());
        } else if (!progress.continuous()) {
            output.rotatedToTheEnd();
        }
    }

    private Optional<ContainerEnd> refused(Opened answer, Sight sight) throws InterruptedException {
        boolean changes = spec.follows() && sight.running();
        return switch (answer) {
            case Opened.Waiting(var message) -> waiting(message);
            case Opened.NoContainer(var message) ->
                    ContainerEnd.failed(ErrorReason.NO_SUCH_CONTAINER, message);
            case Opened.NoPrevious _ ->
                    ContainerEnd.failed(ErrorReason.NO_PREVIOUS, "there is no log of a run before");
            case Opened.Forbidden(var message) ->
                    ContainerEnd.failed(ErrorReason.LOGS_FORBIDDEN, message);
            case Opened.NoPod _ ->
                    changes ? tryAgain("no pod") : tryAgainOrGiveUp("there is no log of the pod");
            case Opened.Unavailable(var message) ->
                    changes ? tryAgain(message) : tryAgainOrGiveUp(message);
            case Opened.Stream _ -> throw new IllegalStateException("a stream is no refusal");
        };
    }

    private Optional<ContainerEnd> waiting(String message) throws InterruptedException {
        if (spec.follows()) {
            return tryAgain(message);
        }
        return progress.begun() ? tryAgainOrGiveUp(message) : ContainerEnd.neverStarted(message);
    }

    /// Something went wrong that will change in time.
    Optional<ContainerEnd> tryAgain(String why) throws InterruptedException {
        output.flush();
        patience.afterFailure(why);
        return Optional.empty();
    }

    /// Something went wrong that may heal, but not for ever.
    Optional<ContainerEnd> tryAgainOrGiveUp(String why) throws InterruptedException {
        if (!patience.exhausted()) {
            return tryAgain(why);
        }
        if (progress.begun()) {
            output.missed(LogGap.Reason.REMOVED);
        }
        return ContainerEnd.failed(ErrorReason.UNAVAILABLE, why);
    }
}
