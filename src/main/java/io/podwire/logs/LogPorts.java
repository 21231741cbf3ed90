package io.podwire.logs;

/// What a session needs of the world.
record LogPorts(LogSource source, PodLook look, Pause pause) {}
