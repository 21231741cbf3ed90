package io.podwire.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Cuts a shell script into words and operators.
final class ShellLexer {
    /// @param operator the operator, `\n` for the end of a line, empty for a word
    /// @param number the digits directly before a redirection, -1 if none
    record Token(String operator, ShellNode.Word word, int number) {
        static Token operator(String text, int number) {
            return new Token(text, new ShellNode.Word(List.of()), number);
        }

        boolean isWord() {
            return operator.isEmpty();
        }
    }

    /// The script cannot be understood.
    static final class SyntaxError extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SyntaxError(String message) {
            super(message);
        }
    }

    private static final List<String> OPERATORS =
            List.of("&&", "||", ";;", ">>", ">&", "<&", "<<", ";", "&", "|", "(", ")", "<", ">");
    private static final String WORD_END = " \t\r\n;&|()<>";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    ShellLexer(String text) {
        this.text = text;
    }

    List<Token> tokens() {
        while (at < text.length()) {
            char here = text.charAt(at);
            if (here == '\n') {
                at++;
                tokens.add(Token.operator("\n", -1));
            } else if (here == ' ' || here == '\t' || here == '\r') {
                at++;
            } else if (here == '\\' && text.startsWith("\n", at + 1)) {
                at += 2;
            } else if (here == '#') {
                at = end('\n');
            } else {
                operatorOrWord();
            }
        }
        return tokens;
    }

    private int end(char last) {
        int found = text.indexOf(last, at);
        return found < 0 ? text.length() : found;
    }

    private void operatorOrWord() {
        int digits = at;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        boolean redirect =
                digits > at
                        && digits < text.length()
                        && (text.charAt(digits) == '>' || text.charAt(digits) == '<');
        int number = redirect ? Integer.parseInt(text.substring(at, digits)) : -1;
        int from = redirect ? digits : at;
        Optional<String> operator =
                OPERATORS.stream().filter(each -> text.startsWith(each, from)).findFirst();
        if (operator.isPresent()) {
            at = from + operator.get().length();
            tokens.add(Token.operator(operator.get(), number));
        } else {
            tokens.add(new Token("", word(), -1));
        }
    }

    private ShellNode.Word word() {
        var parts = new WordParts();
        while (at < text.length() && WORD_END.indexOf(text.charAt(at)) < 0) {
            char here = text.charAt(at);
            switch (here) {
                case '\'' -> single(parts);
                case '"' -> twice(parts);
                case '\\' -> escaped(parts);
                case '$' -> expansion(parts, false);
                case '`' -> backticks(parts, false);
                default -> {
                    parts.add(here, false);
                    at++;
                }
            }
        }
        return parts.word();
    }

    private void single(WordParts parts) {
        int close = text.indexOf('\'', at + 1);
        if (close < 0) {
            throw new SyntaxError("unterminated quoted string");
        }
        parts.addQuoted(text.substring(at + 1, close));
        at = close + 1;
    }

    private void twice(WordParts parts) {
        at++;
        parts.addQuoted("");
        while (at < text.length() && text.charAt(at) != '"') {
            char here = text.charAt(at);
            if (here == '\\'
                    && at + 1 < text.length()
                    && "$`\"\\\n".indexOf(text.charAt(at + 1)) >= 0) {
                if (text.charAt(at + 1) != '\n') {
                    parts.add(text.charAt(at + 1), true);
                }
                at += 2;
            } else if (here == '$') {
                expansion(parts, true);
            } else if (here == '`') {
                backticks(parts, true);
            } else {
                parts.add(here, true);
                at++;
            }
        }
        if (at >= text.length()) {
            throw new SyntaxError("unterminated quoted string");
        }
        at++;
    }

    private void escaped(WordParts parts) {
        if (at + 1 < text.length() && text.charAt(at + 1) != '\n') {
            parts.add(text.charAt(at + 1), true);
        }
        at += 2;
    }

    private void backticks(WordParts parts, boolean quoted) {
        int close = text.indexOf('`', at + 1);
        if (close < 0) {
            throw new SyntaxError("EOF in backquote substitution");
        }
        parts.add(output(text.substring(at + 1, close), quoted));
        at = close + 1;
    }

    private static ShellNode.Part output(String script, boolean quoted) {
        return new ShellNode.Output(ShellParser.parse(script), quoted);
    }

    private void expansion(WordParts parts, boolean quoted) {
        if (text.startsWith("$((", at)) {
            int close = closing(at + 1);
            String inside = text.substring(at + 3, close - 1);
            parts.add(new ShellNode.Arithmetic(quotedWord(inside), quoted));
            at = close + 1;
        } else if (text.startsWith("$(", at)) {
            int close = closing(at + 1);
            parts.add(output(text.substring(at + 2, close), quoted));
            at = close + 1;
        } else if (text.startsWith("${", at)) {
            int close = closing(at + 1);
            parts.add(braced(text.substring(at + 2, close), quoted));
            at = close + 1;
        } else {
            variable(parts, quoted);
        }
    }

    private void variable(WordParts parts, boolean quoted) {
        int end = at + 1;
        if (end < text.length() && "?$!#@*0123456789".indexOf(text.charAt(end)) >= 0) {
            end++;
        } else {
            while (end < text.length() && nameCharacter(text.charAt(end))) {
                end++;
            }
        }
        if (end == at + 1) {
            parts.add('$', quoted);
        } else {
            parts.add(plainVariable(text.substring(at + 1, end), quoted));
        }
        at = end;
    }

    private static boolean nameCharacter(char character) {
        return Character.isLetterOrDigit(character) || character == '_';
    }

    private static ShellNode.Part plainVariable(String name, boolean quoted) {
        return new ShellNode.Variable(name, "", ShellNode.Word.of(""), quoted);
    }

    private static ShellNode.Part braced(String inside, boolean quoted) {
        if (inside.startsWith("#") && inside.length() > 1) {
            return new ShellNode.Variable(inside.substring(1), "#", ShellNode.Word.of(""), quoted);
        }
        int end = 0;
        while (end < inside.length() && nameCharacter(inside.charAt(end))) {
            end++;
        }
        if (end == 0 || end == inside.length()) {
            return plainVariable(inside, quoted);
        }
        int argument = inside.charAt(end) == ':' ? end + 2 : end + 1;
        return new ShellNode.Variable(
                inside.substring(0, end),
                inside.substring(end, Math.min(argument, inside.length())),
                quotedWord(inside.substring(Math.min(argument, inside.length()))),
                quoted);
    }

    private static ShellNode.Word quotedWord(String inside) {
        var lexer = new ShellLexer('"' + inside.replace("\"", "") + '"');
        return lexer.word();
    }

    /// The index of the bracket that closes the one at `open`.
    private int closing(int open) {
        int depth = 0;
        char quote = 0;
        for (int i = open; i < text.length(); i++) {
            char here = text.charAt(i);
            if (quote != 0) {
                quote = here == quote ? 0 : quote;
            } else if (here == '\'' || here == '"') {
                quote = here;
            } else if (here == '(' || here == '{') {
                depth++;
            } else if ((here == ')' || here == '}') && --depth == 0) {
                return i;
            }
        }
        throw new SyntaxError("unexpected end of file (expecting \")\")");
    }

    /// Collects the parts of a word; neighbouring text is joined.
    private static final class WordParts {
        private final List<ShellNode.Part> parts = new ArrayList<>();

        void add(ShellNode.Part part) {
            parts.add(part);
        }

        void add(char character, boolean quoted) {
            append(Character.toString(character), quoted);
        }

        void addQuoted(String text) {
            append(text, true);
        }

        private void append(String more, boolean quoted) {
            if (!parts.isEmpty()
                    && parts.getLast() instanceof ShellNode.Text(var before, var same)
                    && same == quoted) {
                parts.set(parts.size() - 1, new ShellNode.Text(before + more, quoted));
            } else {
                parts.add(new ShellNode.Text(more, quoted));
            }
        }

        ShellNode.Word word() {
            return new ShellNode.Word(List.copyOf(parts));
        }
    }
}
