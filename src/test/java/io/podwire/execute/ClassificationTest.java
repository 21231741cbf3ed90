package io.podwire.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.execute.ApiFailure.Sent;
import io.podwire.execute.Verdict.BeingDeleted;
import io.podwire.execute.Verdict.Clock;
import io.podwire.execute.Verdict.NameTaken;
import io.podwire.execute.Verdict.NotThere;
import io.podwire.execute.Verdict.OtherPod;
import io.podwire.execute.Verdict.Outcome;
import io.podwire.execute.Verdict.Pace;
import io.podwire.execute.Verdict.Permanent;
import io.podwire.execute.Verdict.Retry;
import io.podwire.protocol.ErrorReason;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

class ClassificationTest {
    /// One line of the table.
    record Row(String answer, Call call, ApiFailure failure, Verdict verdict) {
        @Override
        public String toString() {
            return call + ": " + answer;
        }
    }

    @ParameterizedTest
    @MethodSource
    void everyAnswerHasItsOneMeaning(Row row) {
        // When
        Verdict verdict = Classification.of(row.call(), row.failure());

        // Then
        assertThat(verdict).isEqualTo(row.verdict());
    }

    static Stream<Row> everyAnswerHasItsOneMeaning() {
        return Stream.of(creation(), creationForbidden(), creationTaken(), deletion(), reads())
                .flatMap(List::stream);
    }

    private static List<Row> creation() {
        return List.of(
                row(
                        "connection refused",
                        Call.CREATE,
                        ApiFailure.unanswered(Sent.NOT_SENT, "Connection refused"),
                        new Retry(
                                ErrorReason.UNREACHABLE,
                                Pace.FAILURES,
                                Clock.STANDS_STILL,
                                Outcome.NOT_DONE)),
                row(
                        "answer lost",
                        Call.CREATE,
                        ApiFailure.unanswered(Sent.MAYBE, "Connection reset"),
                        new Retry(
                                ErrorReason.CONNECTION_TIMEOUT,
                                Pace.FAILURES,
                                Clock.STANDS_STILL,
                                Outcome.UNKNOWN)),
                row(Call.CREATE, 200, "", "cannot decode", unknown(ErrorReason.SERVER_ERROR)),
                row(Call.CREATE, 400, "BadRequest", "strict", permanent(ErrorReason.INVALID_SPEC)),
                row(
                        Call.CREATE,
                        401,
                        "Unauthorized",
                        "Unauthorized",
                        again(ErrorReason.UNAUTHORIZED, Pace.FAILURES)),
                row(
                        Call.CREATE,
                        404,
                        "NotFound",
                        "namespaces \"nope\" not found",
                        permanent(ErrorReason.NAMESPACE_NOT_FOUND)),
                row(Call.CREATE, 405, "", "method", permanent(ErrorReason.INVALID_SPEC)),
                row(Call.CREATE, 408, "", "slow", unknown(ErrorReason.CONNECTION_TIMEOUT)),
                row(Call.CREATE, 413, "", "large", permanent(ErrorReason.TOO_LARGE)),
                row(Call.CREATE, 415, "", "media", permanent(ErrorReason.INVALID_SPEC)),
                row(Call.CREATE, 422, "Invalid", "bad", permanent(ErrorReason.INVALID_SPEC)),
                row(
                        Call.CREATE,
                        429,
                        "",
                        "Too many requests",
                        again(ErrorReason.THROTTLED, Pace.FAILURES)),
                row(
                        Call.CREATE,
                        500,
                        "InternalError",
                        "failed calling webhook \"w\": context deadline exceeded",
                        unknown(ErrorReason.SERVER_ERROR)),
                row(
                        Call.CREATE,
                        500,
                        "InternalError",
                        "etcdserver: leader changed",
                        unknown(ErrorReason.SERVER_ERROR)),
                row(Call.CREATE, 502, "", "bad gateway", unknown(ErrorReason.SERVER_ERROR)),
                row(Call.CREATE, 503, "", "upstream", unknown(ErrorReason.SERVER_ERROR)),
                row(Call.CREATE, 504, "Timeout", "timeout", unknown(ErrorReason.SERVER_ERROR)));
    }

    private static List<Row> creationForbidden() {
        return List.of(
                row(
                        Call.CREATE,
                        403,
                        "Forbidden",
                        "pods \"x\" is forbidden: exceeded quota: q, requested: pods=1",
                        again(ErrorReason.QUOTA_EXCEEDED, Pace.QUOTA)),
                row(
                        Call.CREATE,
                        403,
                        "Forbidden",
                        "pods \"x\" is forbidden: status unknown for quota: q, resources: pods",
                        again(ErrorReason.QUOTA_EXCEEDED, Pace.QUOTA)),
                row(
                        Call.CREATE,
                        403,
                        "Forbidden",
                        "pods \"x\" is forbidden: failed quota: q: must specify limits.cpu",
                        permanent(ErrorReason.CREATION_ADMISSION_DENIED)),
                row(
                        Call.CREATE,
                        403,
                        "Forbidden",
                        "pods \"x\" is forbidden: error looking up service account lab/default:"
                                + " serviceaccount \"default\" not found",
                        again(ErrorReason.CREATION_ADMISSION_DENIED, Pace.FAILURES)),
                row(
                        Call.CREATE,
                        403,
                        "Forbidden",
                        "pods \"x\" is forbidden: error looking up service account lab/robot:"
                                + " serviceaccount \"robot\" not found",
                        permanent(ErrorReason.CREATION_ADMISSION_DENIED)),
                row(
                        "namespace terminating",
                        Call.CREATE,
                        withCause(403, "Forbidden", "NamespaceTerminating"),
                        permanent(ErrorReason.NAMESPACE_TERMINATING)),
                row(
                        Call.CREATE,
                        403,
                        "Forbidden",
                        "pods \"x\" is forbidden: violates PodSecurity \"restricted:latest\": …",
                        permanent(ErrorReason.CREATION_POD_SECURITY)),
                row(
                        Call.CREATE,
                        403,
                        "Forbidden",
                        "pods is forbidden: User \"u\" cannot create resource \"pods\" in API"
                                + " group \"\" in the namespace \"lab\"",
                        permanent(ErrorReason.CREATION_FORBIDDEN)),
                row(
                        Call.CREATE,
                        403,
                        "Forbidden",
                        "pods \"x\" is forbidden: maximum cpu usage per Container is 1",
                        permanent(ErrorReason.CREATION_ADMISSION_DENIED)),
                row(
                        Call.CREATE,
                        400,
                        "",
                        "admission webhook \"w.example\" denied the request: no",
                        permanent(ErrorReason.CREATION_ADMISSION_DENIED)),
                row(
                        Call.CREATE,
                        422,
                        "Invalid",
                        "pods \"x\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b'"
                                + " denied request: no",
                        permanent(ErrorReason.CREATION_ADMISSION_DENIED)));
    }

    private static List<Row> creationTaken() {
        return List.of(
                row(
                        Call.CREATE,
                        409,
                        "AlreadyExists",
                        "pods \"x\" already exists",
                        new NameTaken()),
                row(
                        Call.CREATE,
                        409,
                        "AlreadyExists",
                        "object is being deleted: pods \"x\" already exists",
                        new BeingDeleted()),
                row(
                        "the quota's own conflict",
                        Call.CREATE,
                        ApiFailure.answered(409, "Conflict", "modified", "resourcequotas"),
                        again(ErrorReason.QUOTA_EXCEEDED, Pace.FAILURES)),
                row(
                        "the cluster quota's own conflict",
                        Call.CREATE,
                        ApiFailure.answered(409, "Conflict", "modified", "clusterresourcequotas"),
                        again(ErrorReason.QUOTA_EXCEEDED, Pace.FAILURES)),
                row(
                        Call.CREATE,
                        409,
                        "Conflict",
                        "somebody's admission",
                        permanent(ErrorReason.CREATION_ADMISSION_DENIED)));
    }

    private static List<Row> deletion() {
        return List.of(
                row(Call.DELETE, 404, "NotFound", "pods \"x\" not found", new NotThere()),
                row(
                        Call.DELETE,
                        404,
                        "",
                        "default backend - 404",
                        again(ErrorReason.SERVER_ERROR, Pace.FAILURES)),
                row(Call.DELETE, 409, "Conflict", "the UID in the precondition", new OtherPod()),
                row(
                        Call.DELETE,
                        403,
                        "Forbidden",
                        "User \"u\" cannot delete resource \"pods\" in API group \"\"",
                        permanent(ErrorReason.DELETION_FORBIDDEN)),
                row(
                        Call.DELETE,
                        403,
                        "Forbidden",
                        "not today",
                        permanent(ErrorReason.DELETION_ADMISSION_DENIED)),
                row(
                        Call.DELETE,
                        400,
                        "",
                        "admission webhook \"w\" denied the request: no",
                        permanent(ErrorReason.DELETION_ADMISSION_DENIED)),
                row(Call.DELETE, 422, "Invalid", "options", permanent(ErrorReason.BUG)),
                row(Call.DELETE, 429, "", "slow down", again(ErrorReason.THROTTLED, Pace.FAILURES)),
                row(Call.DELETE, 500, "", "oops", unknown(ErrorReason.SERVER_ERROR)));
    }

    private static List<Row> reads() {
        return List.of(
                row(Call.READ, 404, "NotFound", "pods \"x\" not found", new NotThere()),
                row(
                        Call.READ,
                        404,
                        "",
                        "404 page not found",
                        again(ErrorReason.SERVER_ERROR, Pace.FAILURES)),
                row(Call.READ, 403, "Forbidden", "no", permanent(ErrorReason.READ_FORBIDDEN)),
                row(
                        Call.READ_BEFORE_DELETE,
                        403,
                        "Forbidden",
                        "no",
                        permanent(ErrorReason.DELETION_FORBIDDEN)),
                row(
                        Call.READ_BEFORE_LOGS,
                        403,
                        "Forbidden",
                        "no",
                        permanent(ErrorReason.LOGS_FORBIDDEN)),
                row(Call.READ, 400, "BadRequest", "what", permanent(ErrorReason.BUG)));
    }

    private static Row row(Call call, int status, String reason, String message, Verdict verdict) {
        return row(
                status + " " + reason + " " + message,
                call,
                ApiFailure.answered(status, reason, message, "pods"),
                verdict);
    }

    private static Row row(String answer, Call call, ApiFailure failure, Verdict verdict) {
        return new Row(answer, call, failure, verdict);
    }

    private static ApiFailure withCause(int status, String reason, String cause) {
        return new ApiFailure(
                status,
                reason,
                "namespace is being terminated",
                "pods",
                List.of(),
                List.of(cause),
                Optional.empty(),
                Sent.NOT_SENT);
    }

    private static Verdict permanent(ErrorReason reason) {
        return new Permanent(reason);
    }

    private static Verdict again(ErrorReason ifGivenUp, Pace pace) {
        return new Retry(ifGivenUp, pace, Clock.RUNS, Outcome.NOT_DONE);
    }

    private static Verdict unknown(ErrorReason ifGivenUp) {
        return new Retry(ifGivenUp, Pace.FAILURES, Clock.RUNS, Outcome.UNKNOWN);
    }
}
