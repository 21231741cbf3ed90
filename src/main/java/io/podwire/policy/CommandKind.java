package io.podwire.policy;

import io.podwire.protocol.Command;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The commands that can be switched off, by their names in the settings.
public enum CommandKind {
    CREATE,
    GET,
    DELETE,
    LOGS,
    CANCEL;

    public static CommandKind of(Command command) {
        return switch (command) {
            case Command.CreatePod _ -> CREATE;
            case Command.GetPod _ -> GET;
            case Command.DeletePod _ -> DELETE;
            case Command.ReadLogs _ -> LOGS;
            case Command.CancelCommand _ -> CANCEL;
        };
    }

    /// The kind of that name; empty where there is none.
    public static Optional<CommandKind> named(String name) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(name)).findFirst();
    }

    /// As settings write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
