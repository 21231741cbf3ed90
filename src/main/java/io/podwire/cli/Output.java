package io.podwire.cli;

/// In which form a command prints its data.
enum Output {
    /// Lines for people.
    TEXT,
    /// A JSON object a line.
    JSON
}
