package io.podwire.bench;

/// What a turn brought.
///
/// @param creates all that were begun in it; the last of them end after it
/// @param perSecond how many ended in each second of it
record Made(int creates, double perSecond) {}
