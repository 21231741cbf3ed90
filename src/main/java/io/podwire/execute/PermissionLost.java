package io.podwire.execute;

/// The partition is not ours any more: the command is given up without an answer, its next owner
/// carries it out.
public final class PermissionLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PermissionLost() {
        super("the partition was lost while its command was carried out", null, false, false);
    }
}
