package io.podwire.bench;

import java.time.Duration;

/// What an arm does in one go: it creates pods until there are so many, or until so much time has gone.
///
/// @param inFlight how many at once
/// @param creates at most so many
/// @param window at most so long
record Turn(int inFlight, int creates, Duration window) {}
