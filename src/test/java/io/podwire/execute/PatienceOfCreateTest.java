package io.podwire.execute;

import static io.podwire.execute.World.POD;
import static io.podwire.execute.World.error;
import static io.podwire.execute.World.reason;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.execute.ApiFailure.Sent;
import io.podwire.execute.MemoryPods.Kind;
import io.podwire.protocol.CommandError.Http;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.Fact;
import io.podwire.protocol.Fact.Creation;
import io.podwire.protocol.PodLifecycle;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

class PatienceOfCreateTest {
    private static final ApiFailure THROTTLED =
            ApiFailure.answered(429, "TooManyRequests", "slow down", "");
    private static final ApiFailure BROKEN =
            ApiFailure.answered(503, "ServiceUnavailable", "etcd is away", "");

    private final World world = new World();

    private static void assertCreated(Fact fact, Creation creation, int attempts) {
        assertThat(fact)
                .isInstanceOfSatisfying(
                        Fact.Created.class,
                        created -> {
                            assertThat(created.creation()).isEqualTo(creation);
                            assertThat(created.attempts()).isEqualTo(attempts);
                        });
    }

    private static ApiFailure[] many(int times, ApiFailure failure) {
        return Collections.nCopies(times, failure).toArray(ApiFailure[]::new);
    }

    @Test
    void podOfThisVeryCommandIsAdoptedThoughTheQuotaIsFull() throws InterruptedException {
        // Given
        world.pods.put(POD, World.mine(), PodLifecycle.RUNNING);
        world.pods.quota(1);

        // When
        Fact fact = world.create();

        // Then
        assertCreated(fact, Creation.ADOPTED, 2);
        assertThat(world.clock.pauses()).isEmpty();
    }

    @Test
    void fullQuotaIsWaitedForSlowly() throws InterruptedException {
        // Given
        world.pods.quota(0);
        world.clock.atPause(() -> world.pods.quota(world.clock.pauses().size() < 4 ? 0 : 1));

        // When
        Fact fact = world.create();

        // Then
        assertThat(fact).isInstanceOf(Fact.Created.class);
        assertThat(world.clock.pauses())
                .hasSize(4)
                .allMatch(pause -> pause.compareTo(Duration.ofSeconds(1)) >= 0);
        assertThat(world.executor.counts().retriesAfter(ErrorReason.QUOTA_EXCEEDED)).isEqualTo(4);
    }

    @Test
    void quotaThatStaysFullIsAnsweredWhenTheTimeIsUp() throws InterruptedException {
        // Given
        world.pods.quota(0);

        // When
        Fact fact = world.create();

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.QUOTA_EXCEEDED);
        assertThat(error(fact).http()).contains(new Http(403, "Forbidden"));
        assertThat(world.clock.elapsed()).isEqualTo(World.TIMEOUT);
    }

    @Test
    void quotasOwnConflictIsTriedAgainAtOnce() throws InterruptedException {
        // Given
        world.pods.failNext(
                Kind.CREATE, ApiFailure.answered(409, "Conflict", "modified", "resourcequotas"));

        // When
        Fact fact = world.create();

        // Then
        assertCreated(fact, Creation.CREATED, 2);
        assertThat(world.clock.elapsed()).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void outageDelaysAndDoesNotFail() throws InterruptedException {
        // Given
        world.pods.goDown();
        world.clock.atPause(
                () -> {
                    if (world.clock.elapsed().compareTo(Duration.ofHours(3)) > 0) {
                        world.pods.comeUp();
                    }
                });

        // When
        Fact fact = world.create();

        // Then
        assertThat(fact).isInstanceOf(Fact.Created.class);
        assertThat(world.clock.pauses()).allMatch(p -> p.compareTo(Duration.ofSeconds(10)) <= 0);
    }

    @Test
    void timeBeforeAndAfterAnOutageCountsTogether() throws InterruptedException {
        // Given
        world.pods.failNext(Kind.CREATE, many(20, THROTTLED));
        world.pods.failNext(
                Kind.CREATE, many(100, ApiFailure.unanswered(Sent.NOT_SENT, "refused")));
        world.pods.failNext(Kind.CREATE, many(1000, THROTTLED));

        // When
        Fact fact = world.create();

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.THROTTLED);
        Duration outage =
                world.clock.pauses().stream()
                        .skip(20)
                        .limit(100)
                        .reduce(Duration.ZERO, Duration::plus);
        assertThat(world.clock.elapsed()).isEqualTo(World.TIMEOUT.plus(outage));
    }

    @Test
    void outageUntilTheExpiryIsUnreachable() throws InterruptedException {
        // Given
        world.pods.goDown();
        world.expiry = Optional.of(HandClock.START.plusSeconds(90));

        // When
        Fact fact = world.create();

        // Then
        assertThat(fact).isInstanceOf(Fact.Failed.class);
        assertThat(reason(fact)).isEqualTo(ErrorReason.UNREACHABLE);
        assertThat(world.clock.elapsed()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void retryAfterIsTheLeastThatIsWaited() throws InterruptedException {
        // Given
        world.pods.failNext(Kind.CREATE, retryAfter(Duration.ofSeconds(32)));

        // When
        Fact fact = world.create();

        // Then
        assertCreated(fact, Creation.CREATED, 2);
        assertThat(world.clock.pauses()).containsExactly(Duration.ofSeconds(32));
    }

    @Test
    void retryAfterBeyondTheCommandsTimeIsGivenUpAtOnce() throws InterruptedException {
        // Given
        world.pods.failNext(Kind.CREATE, retryAfter(Duration.ofMinutes(6)));

        // When
        Fact fact = world.create();

        // Then
        assertThat(reason(fact)).isEqualTo(ErrorReason.THROTTLED);
        assertThat(world.clock.pauses()).isEmpty();
    }

    private static ApiFailure retryAfter(Duration wait) {
        return new ApiFailure(
                429, "", "slow", "", List.of(), List.of(), Optional.of(wait), Sent.NOT_SENT);
    }

    @ParameterizedTest
    @MethodSource
    void failureThatLastsIsAnsweredWhenTheTimeIsUp(ApiFailure failure, ErrorReason reason)
            throws InterruptedException {
        // Given
        world.pods.failNext(Kind.CREATE, many(1000, failure));

        // When
        Fact fact = world.create();

        // Then
        assertThat(reason(fact)).isEqualTo(reason);
        assertThat(world.clock.elapsed()).isGreaterThanOrEqualTo(World.TIMEOUT);
    }

    static Stream<Arguments> failureThatLastsIsAnsweredWhenTheTimeIsUp() {
        return Stream.of(
                Arguments.of(
                        ApiFailure.answered(401, "Unauthorized", "who", ""),
                        ErrorReason.UNAUTHORIZED),
                Arguments.of(THROTTLED, ErrorReason.THROTTLED),
                Arguments.of(BROKEN, ErrorReason.SERVER_ERROR));
    }

    @Test
    void waitsGrowWithJitterAndStayBelowTheMost() throws InterruptedException {
        // Given
        world.pods.failNext(Kind.CREATE, many(1000, THROTTLED));

        // When
        var _ = world.create();

        // Then
        assertThat(world.clock.pauses().getFirst())
                .isBetween(Duration.ofMillis(50), Duration.ofMillis(150));
        assertThat(world.clock.pauses()).allMatch(p -> p.compareTo(Duration.ofSeconds(10)) <= 0);
    }
}
