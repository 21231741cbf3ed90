package io.podwire.simulation;

/// A promise that a run has broken.
///
/// @param kind a finding of the audit, or a word of [Promise]
public record Violation(String kind, String sentence) {}
