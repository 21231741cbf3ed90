package io.podwire.kubernetes;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;

/// Since when a watch has shown nothing. Thread-safe.
///
/// A watch may be open and answer pings while nothing comes of it any more. An API server sends a bookmark every
/// minute, whether there is news or not.
final class WatchSilence {
    private static final Duration LONGEST = Duration.ofSeconds(75);

    /// The version that the newest message brought: an object of its own, also where its value is the old one.
    private WeakReference<String> newest = new WeakReference<>("");

    private Instant since;

    WatchSilence(Instant since) {
        this.since = since;
    }

    /// Whether anything has come since the last call.
    ///
    /// @param version of the newest message
    synchronized boolean broken(String version, Instant now) {
        if (newest.refersTo(version)) {
            return false;
        }
        newest = new WeakReference<>(version);
        since = now;
        return true;
    }

    synchronized boolean tooLong(Instant now) {
        return Duration.between(since, now).compareTo(LONGEST) > 0;
    }

    /// The watch is opened anew, or is not open: it need not have shown anything.
    synchronized void excused(Instant now) {
        since = now;
    }
}
