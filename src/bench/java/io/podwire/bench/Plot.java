package io.podwire.bench;

import java.util.List;
import java.util.Locale;

/// A line chart as SVG, which follows the reader's choice of a light or a dark page.
///
/// @param lines at most as many as there are colours
record Plot(String title, Axis x, Axis y, List<Line> lines) {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 420;
    private static final int LEFT = 76;
    private static final int RIGHT = 20;
    private static final int TOP = 44;
    private static final int BOTTOM = 52;
    private static final int LEGEND_LINE = 18;
    private static final int COLOURS = 8;

    private static final String STYLE =
            """
            <style>
            svg { --page: #ffffff; --ink: #1f2328; --faint: #d1d9e0; }
            .c0 { --line: #0969da; } .c1 { --line: #bc4c00; } .c2 { --line: #1a7f37; } .c3 { --line: #8250df; }
            .c4 { --line: #cf222e; } .c5 { --line: #6e7781; } .c6 { --line: #bf3989; } .c7 { --line: #7d4e00; }
            @media (prefers-color-scheme: dark) {
              svg { --page: #0d1117; --ink: #e6edf3; --faint: #30363d; }
              .c0 { --line: #58a6ff; } .c1 { --line: #f0883e; } .c2 { --line: #3fb950; } .c3 { --line: #bc8cff; }
              .c4 { --line: #ff7b72; } .c5 { --line: #8b949e; } .c6 { --line: #f778ba; } .c7 { --line: #d29922; }
            }
            .page { fill: var(--page); }
            text { fill: var(--ink); font: 12px system-ui, sans-serif; }
            .title { font-size: 15px; font-weight: 600; }
            .grid { stroke: var(--faint); stroke-width: 1; }
            .line { stroke: var(--line); stroke-width: 2; fill: none; }
            .dot { fill: var(--line); }
            </style>
            """;

    Plot {
        lines = List.copyOf(lines);
        if (lines.isEmpty() || lines.size() > COLOURS) {
            throw new IllegalArgumentException(
                    "a plot has 1 to %d lines: %d".formatted(COLOURS, lines.size()));
        }
    }

    /// The whole file.
    String svg() {
        Span across = x.span(lines.stream().flatMap(l -> l.points().stream()).map(Point::x));
        Span up = y.span(lines.stream().flatMap(l -> l.points().stream()).map(Point::y));
        StringBuilder svg = new StringBuilder();
        svg.append(
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="%s">
                """
                        .formatted(WIDTH, height(), escaped(title)));
        svg.append(STYLE);
        svg.append("<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n");
        text(svg, LEFT, 24, "start\" class=\"title", title);
        for (double tick : across.ticks()) {
            vertical(svg, LEFT + across.place(tick) * inner(), Axis.text(tick));
        }
        for (double tick : up.ticks()) {
            horizontal(svg, HEIGHT - BOTTOM - up.place(tick) * tall(), Axis.text(tick));
        }
        text(svg, LEFT + inner() / 2, HEIGHT - 12, "middle", x.label());
        text(svg, LEFT, TOP - 6, "start", y.label());
        for (int number = 0; number < lines.size(); number++) {
            draw(svg, number, across, up);
        }
        return svg.append("</svg>\n").toString();
    }

    private int height() {
        return HEIGHT + LEGEND_LINE * lines.size() + 8;
    }

    private static double inner() {
        return WIDTH - LEFT - RIGHT;
    }

    private static double tall() {
        return HEIGHT - TOP - BOTTOM;
    }

    private static void vertical(StringBuilder svg, double at, String label) {
        rule(svg, at, TOP, at, HEIGHT - BOTTOM);
        text(svg, at, HEIGHT - BOTTOM + 18, "middle", label);
    }

    private static void horizontal(StringBuilder svg, double at, String label) {
        rule(svg, LEFT, at, WIDTH - RIGHT, at);
        text(svg, LEFT - 8, at + 4, "end", label);
    }

    private void draw(StringBuilder svg, int number, Span across, Span up) {
        Line line = lines.get(number);
        StringBuilder path = new StringBuilder();
        StringBuilder dots = new StringBuilder();
        for (Point point : line.points()) {
            String left = tenth(LEFT + across.place(point.x()) * inner());
            String top = tenth(HEIGHT - BOTTOM - up.place(point.y()) * tall());
            path.append(left).append(',').append(top).append(' ');
            dots.append(
                    "<circle class=\"dot\" cx=\"%s\" cy=\"%s\" r=\"3\"/>\n".formatted(left, top));
        }
        svg.append("<g class=\"c%d\">\n".formatted(number));
        svg.append("<polyline class=\"line\" points=\"%s\"/>\n".formatted(path)).append(dots);
        double legend = HEIGHT + LEGEND_LINE * (number + 0.5);
        svg.append(
                "<rect class=\"dot\" x=\"%d\" y=\"%s\" width=\"14\" height=\"4\"/>\n"
                        .formatted(LEFT, tenth(legend - 6)));
        text(svg, LEFT + 22, legend, "start", line.name());
        svg.append("</g>\n");
    }

    private static void rule(StringBuilder svg, double x1, double y1, double x2, double y2) {
        svg.append(
                "<line class=\"grid\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n"
                        .formatted(tenth(x1), tenth(y1), tenth(x2), tenth(y2)));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
        svg.append(
                "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
                        .formatted(tenth(x), tenth(y), anchor, escaped(text)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private static String tenth(double place) {
        return String.format(Locale.ROOT, "%.1f", place);
    }

    /// One measured thing.
    record Line(String name, List<Point> points) {
        Line {
            points = List.copyOf(points);
        }
    }

    record Point(double x, double y) {}
}
