package io.podwire.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Understands the part of the shell's language that pods' commands are usually written in.
///
/// Not understood: `case`, functions, here-documents.
final class ShellParser {
    private static final Pattern ASSIGNMENT =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*", Pattern.DOTALL);
    private static final Set<String> BLOCK_ENDS =
            Set.of("then", "elif", "else", "fi", "do", "done", "}");
    private static final Set<String> REDIRECTS = Set.of(">", ">>", "<", ">&");

    private final List<ShellLexer.Token> tokens;
    private int at;

    private ShellParser(List<ShellLexer.Token> tokens) {
        this.tokens = tokens;
    }

    /// Fails with a [ShellLexer.SyntaxError].
    static ShellNode parse(String script) {
        var parser = new ShellParser(new ShellLexer(script).tokens());
        ShellNode all = parser.sequence();
        if (parser.at < parser.tokens.size()) {
            throw parser.unexpected();
        }
        return all;
    }

    private ShellNode sequence() {
        List<ShellNode> steps = new ArrayList<>();
        skipSeparators();
        while (at < tokens.size() && !operator(")") && !BLOCK_ENDS.contains(keyword())) {
            ShellNode step = chain();
            if (operator("&")) {
                at++;
                step = new ShellNode.Background(step);
            } else if (at < tokens.size()
                    && !separator()
                    && !operator(")")
                    && !BLOCK_ENDS.contains(keyword())) {
                throw unexpected();
            }
            steps.add(step);
            skipSeparators();
        }
        return new ShellNode.Sequence(steps);
    }

    private ShellNode chain() {
        ShellNode left = pipeline();
        while (operator("&&") || operator("||")) {
            boolean and = operator("&&");
            at++;
            skipNewlines();
            ShellNode right = pipeline();
            left = and ? new ShellNode.And(left, right) : new ShellNode.Or(left, right);
        }
        return left;
    }

    private ShellNode pipeline() {
        if (keyword().equals("!")) {
            at++;
            return new ShellNode.Not(pipeline());
        }
        ShellNode left = command();
        while (operator("|")) {
            at++;
            skipNewlines();
            left = new ShellNode.Pipe(left, command());
        }
        return left;
    }

    private ShellNode command() {
        if (operator("(")) {
            at++;
            ShellNode body = sequence();
            expect(operator(")"));
            return new ShellNode.Subshell(body, redirects());
        }
        return switch (keyword()) {
            case "if" -> {
                at++;
                yield condition();
            }
            case "while" -> loop(false);
            case "until" -> loop(true);
            case "for" -> each();
            case "{" -> {
                at++;
                ShellNode body = sequence();
                word("}");
                yield new ShellNode.Group(body, redirects());
            }
            case "case", "function" ->
                    throw new ShellLexer.SyntaxError("not simulated: " + keyword());
            default -> simple();
        };
    }

    private ShellNode condition() {
        ShellNode condition = sequence();
        word("then");
        ShellNode then = sequence();
        ShellNode otherwise = new ShellNode.Sequence(List.of());
        if (keyword().equals("elif")) {
            at++;
            return new ShellNode.If(condition, then, condition());
        }
        if (keyword().equals("else")) {
            at++;
            otherwise = sequence();
        }
        word("fi");
        return new ShellNode.If(condition, then, otherwise);
    }

    private ShellNode loop(boolean until) {
        at++;
        ShellNode condition = sequence();
        ShellNode body = block();
        return grouped(new ShellNode.While(until ? new ShellNode.Not(condition) : condition, body));
    }

    private ShellNode each() {
        at++;
        String variable = keyword();
        at++;
        List<ShellNode.Word> values = new ArrayList<>();
        skipNewlines();
        if (keyword().equals("in")) {
            at++;
            while (at < tokens.size() && tokens.get(at).isWord()) {
                values.add(tokens.get(at++).word());
            }
        }
        skipSeparators();
        return grouped(new ShellNode.For(variable, values, block()));
    }

    private ShellNode block() {
        skipSeparators();
        word("do");
        ShellNode body = sequence();
        word("done");
        return body;
    }

    private ShellNode grouped(ShellNode loop) {
        List<ShellNode.Redirect> redirects = redirects();
        return redirects.isEmpty() ? loop : new ShellNode.Group(loop, redirects);
    }

    private ShellNode simple() {
        List<ShellNode.Assignment> assignments = new ArrayList<>();
        List<ShellNode.Word> words = new ArrayList<>();
        List<ShellNode.Redirect> redirects = new ArrayList<>();
        int start = at;
        while (at < tokens.size()) {
            ShellLexer.Token token = tokens.get(at);
            if (token.isWord()) {
                at++;
                if (words.isEmpty() && isAssignment(token.word())) {
                    assignments.add(assignment(token.word()));
                } else {
                    words.add(token.word());
                }
            } else if (REDIRECTS.contains(token.operator())) {
                redirects.addAll(redirects());
            } else {
                break;
            }
        }
        if (at == start) {
            throw unexpected();
        }
        return new ShellNode.Simple(assignments, words, redirects);
    }

    private static boolean isAssignment(ShellNode.Word word) {
        return !word.parts().isEmpty()
                && word.parts().getFirst() instanceof ShellNode.Text(var text, var quoted)
                && !quoted
                && ASSIGNMENT.matcher(text).matches();
    }

    private static ShellNode.Assignment assignment(ShellNode.Word word) {
        var first = (ShellNode.Text) word.parts().getFirst();
        int equals = first.text().indexOf('=');
        List<ShellNode.Part> value = new ArrayList<>(word.parts());
        value.set(0, new ShellNode.Text(first.text().substring(equals + 1), false));
        return new ShellNode.Assignment(
                first.text().substring(0, equals), new ShellNode.Word(value));
    }

    private List<ShellNode.Redirect> redirects() {
        List<ShellNode.Redirect> redirects = new ArrayList<>();
        while (at + 1 < tokens.size() && REDIRECTS.contains(tokens.get(at).operator())) {
            ShellLexer.Token token = tokens.get(at);
            ShellLexer.Token target = tokens.get(at + 1);
            if (!target.isWord()) {
                throw unexpected();
            }
            int standard = token.operator().equals("<") ? 0 : 1;
            int descriptor = token.number() >= 0 ? token.number() : standard;
            redirects.add(new ShellNode.Redirect(descriptor, token.operator(), target.word()));
            at += 2;
        }
        return redirects;
    }

    private boolean operator(String text) {
        return at < tokens.size() && tokens.get(at).operator().equals(text);
    }

    private boolean separator() {
        return operator(";") || operator("\n") || operator("&");
    }

    /// The unquoted word at this place, or the empty string.
    private String keyword() {
        return at < tokens.size() && tokens.get(at).isWord() ? tokens.get(at).word().plain() : "";
    }

    private void skipSeparators() {
        while (operator(";") || operator("\n")) {
            at++;
        }
    }

    private void skipNewlines() {
        while (operator("\n")) {
            at++;
        }
    }

    private void word(String expected) {
        expect(keyword().equals(expected));
    }

    /// Steps over the token that was expected here.
    private void expect(boolean found) {
        if (!found) {
            throw unexpected();
        }
        at++;
    }

    private ShellLexer.SyntaxError unexpected() {
        if (at >= tokens.size()) {
            return new ShellLexer.SyntaxError("unexpected end of file");
        }
        ShellLexer.Token token = tokens.get(at);
        String what = token.isWord() ? token.word().plain() : token.operator();
        return new ShellLexer.SyntaxError(
                "unexpected \"%s\"".formatted(what.equals("\n") ? "newline" : what));
    }
}
