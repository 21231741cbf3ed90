package io.podwire.codec;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.podwire.protocol.CommandError;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.Origin;

import java.util.List;
import java.util.Optional;

/// Reads records of the command topic: as a command, or as what is wrong with them.
///
/// Never throws for what a record holds. Compiles the contract's schemas once, which takes about a
/// second. Thread-safe.
public final class CommandDecoder {
    private static final int MOST_CAUSES = 20;

    private final CodecLimits limits;
    private final MessageReader messages;
    private final OriginReader origins;
    private final CommandChecks checks;

    /// @param defaultNamespace of commands that name none
    public CommandDecoder(String defaultNamespace, CodecLimits limits) {
        this.limits = limits;
        this.messages = new MessageReader(limits);
        this.origins = new OriginReader(defaultNamespace);
        this.checks = new CommandChecks(defaultNamespace);
    }

    /// Reads one record. What could be read of a broken one is in its [Origin].
    public Decoded decode(Delivery delivery) {
        RecordHeaders headers = new RecordHeaders(delivery, limits);
        Parsed parsed = messages.read(delivery, headers);
        Origin origin = origins.read(delivery, headers, parsed);
        ObjectNode message = parsed.root();
        return parsed.error()
                .or(() -> joined(checks.errors(message, MOST_CAUSES)))
                .<Decoded>map(error -> new Decoded.Invalid(origin, error))
                .orElseGet(() -> valid(origin, message, delivery));
    }

    /// The first error, with all of them as its causes where there are more.
    private static Optional<CommandError> joined(List<CommandError> errors) {
        return errors.stream()
                .findFirst()
                .map(first -> errors.size() == 1 ? first : withCauses(first, errors));
    }

    private static CommandError withCauses(CommandError first, List<CommandError> all) {
        List<CommandError.Cause> causes =
                all.stream()
                        .map(error -> new CommandError.Cause(place(error), error.message()))
                        .toList();
        return new CommandError(
                first.reason(), first.message(), 0, Optional.empty(), causes, first.pointer());
    }

    private static String place(CommandError error) {
        return Fields.dotted(error.pointer().orElse(""));
    }

    private Decoded.Valid valid(Origin origin, ObjectNode message, Delivery delivery) {
        CommandReader reader = new CommandReader(origin, checks.pod(message), message);
        return new Decoded.Valid(
                reader.read(message.path("type").textValue(), delivery.timestamp()));
    }
}
