package io.podwire.sandbox;

/// Leaves the script, or loops of it, from the inside.
abstract sealed class ShellJump extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private ShellJump(String name) {
        super(name, null, false, false);
    }

    static final class Exit extends ShellJump {
        private static final long serialVersionUID = 1L;
        private final int code;

        Exit(int code) {
            super("exit");
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    static final class Break extends ShellJump {
        private static final long serialVersionUID = 1L;

        Break() {
            super("break");
        }
    }

    static final class Continue extends ShellJump {
        private static final long serialVersionUID = 1L;

        Continue() {
            super("continue");
        }
    }
}
