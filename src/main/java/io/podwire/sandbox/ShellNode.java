package io.podwire.sandbox;

import java.util.List;

/// A parsed piece of a shell script.
sealed interface ShellNode {
    record Simple(List<Assignment> assignments, List<Word> words, List<Redirect> redirects)
            implements ShellNode {}

    record Sequence(List<ShellNode> steps) implements ShellNode {}

    record And(ShellNode first, ShellNode second) implements ShellNode {}

    record Or(ShellNode first, ShellNode second) implements ShellNode {}

    record Not(ShellNode inner) implements ShellNode {}

    record Pipe(ShellNode from, ShellNode to) implements ShellNode {}

    record Background(ShellNode inner) implements ShellNode {}

    record If(ShellNode condition, ShellNode then, ShellNode otherwise) implements ShellNode {}

    record While(ShellNode condition, ShellNode body) implements ShellNode {}

    record For(String variable, List<Word> values, ShellNode body) implements ShellNode {}

    /// A list in braces, with what its output is redirected to.
    record Group(ShellNode body, List<Redirect> redirects) implements ShellNode {}

    /// A list in brackets: changes inside are not seen outside.
    record Subshell(ShellNode body, List<Redirect> redirects) implements ShellNode {}

    record Assignment(String name, Word value) {}

    /// Where a stream of a command comes from or goes to.
    ///
    /// @param operator `>`, `>>`, `<` or `>&`
    record Redirect(int descriptor, String operator, Word target) {}

    /// A word before expansion.
    record Word(List<Part> parts) {
        static Word of(String text) {
            return new Word(List.of(new Text(text, true)));
        }

        /// The text of a word that has neither quotes nor expansions, else the empty string.
        String plain() {
            return parts.size() == 1
                            && parts.getFirst() instanceof Text(var text, var quoted)
                            && !quoted
                    ? text
                    : "";
        }
    }

    /// What is quoted is not split into fields.
    sealed interface Part {
        boolean quoted();
    }

    record Text(String text, boolean quoted) implements Part {}

    /// A variable, as in `${name<operator>argument}`. The operator is empty for a plain variable, `#` for its length.
    record Variable(String name, String operator, Word argument, boolean quoted) implements Part {}

    record Arithmetic(Word expression, boolean quoted) implements Part {}

    /// The output of a script, as in `$(…)`.
    record Output(ShellNode script, boolean quoted) implements Part {}
}
