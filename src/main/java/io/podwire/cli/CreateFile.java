package io.podwire.cli;

import io.podwire.codec.CommandEncoder;
import io.podwire.codec.Draft;
import io.podwire.codec.FileFinding;
import io.podwire.protocol.Await;

import java.util.List;
import java.util.Optional;

/// A create that somebody wrote in a file: the pod alone, or the whole command.
final class CreateFile {
    private static final String CREATE = "io.podwire.pod.create.v1";

    private final Draft draft;

    private CreateFile(Draft draft) {
        this.draft = draft;
    }

    /// Reads and checks a file, and puts its pod where the submission says if it does not itself.
    ///
    /// @throws Stopped with all that is wrong with it
    static CreateFile read(String path, Submission submission) {
        Draft draft =
                switch (new InputFile(path).read()) {
                    case InputFile.Content.Text(var bytes) -> Draft.of(bytes);
                    case InputFile.Content.Unreadable(var sentence) ->
                            throw bad(FileFinding.unreadable(path, sentence).text());
                };
        List<String> findings =
                submission.errors(draft).stream()
                        .map(error -> FileFinding.of(path, error).text())
                        .toList();
        if (!findings.isEmpty()) {
            throw new Stopped(ExitCode.DATA, findings);
        }
        if (draft.isCommand() && !draft.type().equals(CREATE)) {
            throw bad("%s: /type: must be %s, not %s".formatted(path, CREATE, draft.type()));
        }
        submission
                .askedNamespace()
                .filter(asked -> draft.namespace().filter(own -> !own.equals(asked)).isPresent())
                .ifPresent(
                        asked -> {
                            throw bad(
                                    "%s: %s: is not %s, which --namespace says"
                                            .formatted(path, draft.namespacePointer(), asked));
                        });
        return new CreateFile(draft.in(draft.namespace().orElseGet(submission::namespace)));
    }

    private static Stopped bad(String line) {
        return new Stopped(ExitCode.DATA, line);
    }

    boolean isCommand() {
        return draft.isCommand();
    }

    /// The whole command.
    byte[] message() {
        return draft.value();
    }

    /// The command that the pod alone is asked for with.
    byte[] message(CommandEncoder.Attributes attributes, Optional<Await> await) {
        return draft.create(attributes, await);
    }
}
