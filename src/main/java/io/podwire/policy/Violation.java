package io.podwire.policy;

/// What of a pod breaks a Pod Security Standard.
///
/// @param check the rule, by Kubernetes' own name for it
/// @param detail who breaks it, and how to keep it
record Violation(String check, String detail) {
    @Override
    public String toString() {
        return check + " (" + detail + ")";
    }
}
