package io.podwire.execute;

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

import java.util.Locale;

/// The one table of what the API server's failures mean.
///
/// Goes by the status first: load balancers and throttling answer without a `Status` object.
final class Classification {
    private static final String BEING_DELETED = "object is being deleted";

    private Classification() {}

    static Verdict of(Call call, ApiFailure failure) {
        int status = failure.status();
        if (status == 0) {
            return unanswered(failure);
        }
        if (status < 400 || status >= 500) {
            // Below 400 and still a failure: an answer that could not be read.
            return unknown(ErrorReason.SERVER_ERROR);
        }
        return switch (status) {
            case 401 -> again(ErrorReason.UNAUTHORIZED, Pace.FAILURES);
            case 408 -> unknown(ErrorReason.CONNECTION_TIMEOUT);
            case 429 -> again(ErrorReason.THROTTLED, Pace.FAILURES);
            default -> refused(call, failure);
        };
    }

    private static Verdict unanswered(ApiFailure failure) {
        return switch (failure.sent()) {
            case NOT_SENT ->
                    new Retry(
                            ErrorReason.UNREACHABLE,
                            Pace.FAILURES,
                            Clock.STANDS_STILL,
                            Outcome.NOT_DONE);
            case MAYBE ->
                    new Retry(
                            ErrorReason.CONNECTION_TIMEOUT,
                            Pace.FAILURES,
                            Clock.STANDS_STILL,
                            Outcome.UNKNOWN);
        };
    }

    private static Retry again(ErrorReason ifGivenUp, Pace pace) {
        return new Retry(ifGivenUp, pace, Clock.RUNS, Outcome.NOT_DONE);
    }

    private static Retry unknown(ErrorReason ifGivenUp) {
        return new Retry(ifGivenUp, Pace.FAILURES, Clock.RUNS, Outcome.UNKNOWN);
    }

    private static Verdict refused(Call call, ApiFailure failure) {
        return switch (call) {
            case CREATE -> creationRefused(failure);
            case DELETE -> deletionRefused(failure);
            case READ, READ_BEFORE_DELETE, READ_BEFORE_LOGS -> readRefused(call, failure);
        };
    }

    private static Verdict creationRefused(ApiFailure failure) {
        if (deniedByAdmission(failure)) {
            return new Permanent(ErrorReason.CREATION_ADMISSION_DENIED);
        }
        return switch (failure.status()) {
            case 403 -> creationForbidden(failure);
            case 404 -> new Permanent(ErrorReason.NAMESPACE_NOT_FOUND);
            case 409 -> creationConflict(failure);
            case 413 -> new Permanent(ErrorReason.TOO_LARGE);
            default -> new Permanent(ErrorReason.INVALID_SPEC);
        };
    }

    private static Verdict creationForbidden(ApiFailure failure) {
        if (failure.causeReasons().contains("NamespaceTerminating")) {
            return new Permanent(ErrorReason.NAMESPACE_TERMINATING);
        }
        String message = failure.message();
        // "status unknown": the quota is new and not counted yet.
        if (message.contains("exceeded quota") || message.contains("status unknown for quota")) {
            return again(ErrorReason.QUOTA_EXCEEDED, Pace.QUOTA);
        }
        if (message.contains("serviceaccount \"default\" not found")) {
            // Its controller makes it a moment after the namespace.
            return again(ErrorReason.CREATION_ADMISSION_DENIED, Pace.FAILURES);
        }
        if (message.contains("violates PodSecurity")) {
            return new Permanent(ErrorReason.CREATION_POD_SECURITY);
        }
        return new Permanent(
                deniedByAuthorization(failure)
                        ? ErrorReason.CREATION_FORBIDDEN
                        : ErrorReason.CREATION_ADMISSION_DENIED);
    }

    private static Verdict creationConflict(ApiFailure failure) {
        if (failure.kind().toLowerCase(Locale.ROOT).endsWith("resourcequotas")) {
            // The quota's own bookkeeping was overtaken by another create; the next one may fit.
            return again(ErrorReason.QUOTA_EXCEEDED, Pace.FAILURES);
        }
        if (failure.message().startsWith(BEING_DELETED)) {
            return new BeingDeleted();
        }
        return failure.reason().equals("AlreadyExists")
                ? new NameTaken()
                : new Permanent(ErrorReason.CREATION_ADMISSION_DENIED);
    }

    private static Verdict deletionRefused(ApiFailure failure) {
        if (deniedByAdmission(failure)) {
            return new Permanent(ErrorReason.DELETION_ADMISSION_DENIED);
        }
        return switch (failure.status()) {
            case 404 -> notFound(failure);
            case 409 -> new OtherPod();
            case 403 ->
                    new Permanent(
                            deniedByAuthorization(failure)
                                    ? ErrorReason.DELETION_FORBIDDEN
                                    : ErrorReason.DELETION_ADMISSION_DENIED);
            default -> new Permanent(ErrorReason.BUG);
        };
    }

    private static Verdict readRefused(Call call, ApiFailure failure) {
        return switch (failure.status()) {
            case 404 -> notFound(failure);
            case 403 -> new Permanent(call.forbidden());
            default -> new Permanent(ErrorReason.BUG);
        };
    }

    private static Verdict notFound(ApiFailure failure) {
        return failure.provesAbsence()
                ? new NotThere()
                : again(ErrorReason.SERVER_ERROR, Pace.FAILURES);
    }

    /// Webhooks and policies choose their status freely; what they have in common is the sentence.
    private static boolean deniedByAdmission(ApiFailure failure) {
        String message = failure.message();
        boolean webhook =
                message.contains("admission webhook") && message.contains("denied the request");
        return webhook
                || (message.contains("ValidatingAdmissionPolicy") && message.contains("denied"));
    }

    /// The authorizer's sentence: `User "x" cannot create resource "pods" in API group …`.
    private static boolean deniedByAuthorization(ApiFailure failure) {
        return failure.message().contains(" cannot ") && failure.message().contains(" resource ");
    }
}
