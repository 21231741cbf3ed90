package io.podwire.codec;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.podwire.protocol.CommandError;

import java.util.List;

/// Tells what is wrong with a draft before it is sent, by the very checks of the worker.
///
/// Compiles the contract's schemas once, which takes about a second. Thread-safe.
public final class Proofreader {
    private static final int MOST = 1000;
    private static final String POD = "/data/pod";

    private final CommandChecks checks;

    /// @param defaultNamespace of drafts that name none
    public Proofreader(String defaultNamespace) {
        this.checks = new CommandChecks(defaultNamespace);
    }

    /// All errors, each with its place in the draft; none where the worker would take it in.
    public List<CommandError> errors(Draft draft) {
        if (draft.flaw().isPresent()) {
            return draft.flaw().stream().toList();
        }
        return draft.isCommand()
                ? checks.errors(draft.root(), MOST)
                : checks.errors(createOf(draft.root()), MOST).stream()
                        .map(Proofreader::inPodAlone)
                        .toList();
    }

    private static ObjectNode createOf(ObjectNode pod) {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.put("specversion", "1.0").put("id", "draft").put("source", "draft");
        message.put("type", "io.podwire.pod.create.v1").putObject("data").set("pod", pod);
        return message;
    }

    /// The same error with its place counted from the pod, in the sentence too.
    private static CommandError inPodAlone(CommandError error) {
        String pointer = error.pointer().orElse("");
        String own = pointer.startsWith(POD) ? pointer.substring(POD.length()) : pointer;
        String place = Fields.dotted(pointer);
        String sentence =
                error.message().startsWith(place)
                        ? Fields.dotted(own) + error.message().substring(place.length())
                        : error.message();
        return CommandError.at(error.reason(), own, sentence);
    }
}
