package io.podwire.execute;

import io.github.resilience4j.retry.Retry.AsyncContext;
import io.podwire.execute.Attempts.Asked;
import io.podwire.execute.Verdict.Clock;
import io.podwire.execute.Verdict.Pace;
import io.podwire.protocol.Command;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// The attempts of one command: its calls, its time, its waits. Confined to the command's lane.
final class Effort {
    private static final Logger LOG = LoggerFactory.getLogger(Effort.class);

    /// Heartbeats come some times a second at most.
    private static final Duration CERTAINTY = Duration.ofMillis(100);

    private final Attempts attempts;
    private final Command command;
    private final Permission permission;
    private final Budget budget;

    /// Per pace, because a wait for a quota says nothing about how often the network failed.
    private final Map<Pace, AsyncContext<Asked>> paces = new EnumMap<>(Pace.class);

    private int calls;
    private boolean toldOfTrouble;

    Effort(Attempts attempts, Command command, Permission permission) {
        this.attempts = attempts;
        this.command = command;
        this.permission = permission;
        this.budget = attempts.budget();
    }

    int calls() {
        return calls;
    }

    Instant now() {
        return attempts.clock().instant();
    }

    /// Whether nothing that changes the cluster may be begun any more.
    boolean expired() {
        return command.expiry().filter(expiry -> !now().isBefore(expiry)).isPresent();
    }

    <T> Reply<T> read(Request<T> request) throws InterruptedException {
        calls++;
        attempts.counts().called();
        budget.attemptBegins();
        return request.send();
    }

    /// Sends what changes the cluster, once it is certain that we may.
    ///
    /// @return empty where the command has expired by then
    <T> Optional<Reply<T>> change(Request<T> request) throws InterruptedException {
        while (!permission.granted()) {
            awaitCertainty();
        }
        return expired() ? Optional.empty() : Optional.of(read(request));
    }

    /// Ends when the group has answered again, or another worker has the partition. It costs no time of the command.
    private void awaitCertainty() throws InterruptedException {
        budget.standStill();
        sleep(CERTAINTY);
    }

    /// Waits for the next attempt of a call.
    ///
    /// @return whether there is to be one; otherwise the time is up, and nothing was waited for
    boolean again(Call call, Verdict.Retry verdict, ApiFailure failure)
            throws InterruptedException {
        if (call.endsWithExpiry() && expired()) {
            return false;
        }
        Duration wait = nextWait(verdict.pace(), failure);
        if (verdict.clock() == Clock.RUNS) {
            Duration left = budget.left();
            if (left.isZero() || asksForMoreThan(left, failure)) {
                return false;
            }
            wait = shorter(wait, left);
        }
        triesAgain(verdict);
        sleep(call.endsWithExpiry() ? untilExpiry(wait) : wait);
        return true;
    }

    /// Waits for the next attempt of a call that must be answered, however long it takes.
    void againWithoutEnd(Verdict.Retry verdict, ApiFailure failure) throws InterruptedException {
        triesAgain(verdict);
        sleep(nextWait(verdict.pace(), failure));
    }

    /// Waits while something else than a failure is in the way.
    ///
    /// @return whether there is time to look again; otherwise nothing was waited for
    boolean await(Pace pace) throws InterruptedException {
        Duration left = budget.left();
        if (left.isZero() || expired()) {
            return false;
        }
        long millis = context(pace).onResult(new Asked(Duration.ZERO));
        sleep(untilExpiry(shorter(Duration.ofMillis(millis), left)));
        return true;
    }

    /// Gives a request time to arrive that may still be on its way.
    void rest() throws InterruptedException {
        sleep(Duration.ofMillis(context(Pace.FAILURES).onResult(new Asked(Duration.ZERO))));
    }

    void adopted() {
        attempts.counts().adopted();
    }

    private Duration nextWait(Pace pace, ApiFailure failure) {
        return Duration.ofMillis(context(pace).onResult(Asked.by(failure)));
    }

    private AsyncContext<Asked> context(Pace pace) {
        return paces.computeIfAbsent(pace, p -> attempts.retry(p).asyncContext());
    }

    private static boolean asksForMoreThan(Duration left, ApiFailure failure) {
        return failure.retryAfter().filter(asked -> asked.compareTo(left) > 0).isPresent();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Duration untilExpiry(Duration wait) {
        return command.expiry()
                .map(expiry -> Duration.between(now(), expiry))
                .filter(Duration::isPositive)
                .map(left -> shorter(wait, left))
                .orElse(wait);
    }

    private void triesAgain(Verdict.Retry verdict) {
        attempts.counts().triedAgain(verdict);
        if (verdict.clock() == Clock.STANDS_STILL) {
            budget.standStill();
        }
        if (!toldOfTrouble) {
            toldOfTrouble = true; // one line per command: an outage has many attempts
            LOG.atInfo()
                    .addKeyValue("pod", command.pod())
                    .addKeyValue("reason", verdict.ifGivenUp().published())
                    .log("the API server did not do it yet; trying again");
        }
    }

    private void sleep(Duration wait) throws InterruptedException {
        requirePermission();
        attempts.pause().sleep(wait);
    }

    private void requirePermission() {
        if (!permission.held()) {
            throw new PermissionLost();
        }
    }

    /// One request to the API server.
    interface Request<T> {
        Reply<T> send() throws InterruptedException;
    }
}
