package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.report.TextTable.Cell;
import java.util.ArrayList;
import java.util.List;

/** A text as it grows, line by line, none wider than the screen. */
final class Page {

    private static final String BETWEEN = "   ";

    private final Layout layout;
    private final StringBuilder text = new StringBuilder();

    Page(Layout layout) {
        this.layout = layout;
    }

    int columns() {
        return layout.columns();
    }

    Page blank() {
        text.append('\n');
        return this;
    }

    /** A blank line, unless there is one already. */
    Page apart() {
        return text.length() < 2 || text.charAt(text.length() - 2) == '\n' ? this : blank();
    }

    Page table(TextTable table) {
        table.lines(layout).forEach(line -> text.append(line).append('\n'));
        return this;
    }

    /** Short pieces in one line, as many as fit; the others in further lines, indented. */
    Page pieces(List<Cell> pieces) {
        int taken = 0;
        for (Cell piece : pieces) {
            String fitted = Cells.cut(piece.text(), columns() - 2);
            int width = Cells.width(fitted);
            if (taken > 0 && taken + BETWEEN.length() + width > columns()) {
                text.append('\n').append("  ");
                taken = 2;
            } else if (taken > 0) {
                text.append(BETWEEN);
                taken += BETWEEN.length();
            }
            text.append(layout.paint(piece.style(), layout.shown(fitted)));
            taken += width;
        }
        text.append('\n');
        return this;
    }

    /** Prose, wrapped between words. */
    Page prose(String words) {
        return labelled(Cell.of(""), 0, words);
    }

    /** Prose after a label of at least {@code width} columns, its further lines indented to where the first began. */
    Page labelled(Cell label, int width, String words) {
        return labelled(label, width, wrap(words, Math.max(1, columns() - indent(label, width))));
    }

    /** As {@link #labelled(Cell, int, String)}, of lines that are known to fit. */
    Page labelled(Cell label, int width, List<String> lines) {
        int indent = indent(label, width);
        String first = layout.paint(label.style(), layout.shown(label.text()))
                + " ".repeat(indent - Cells.width(label.text()));
        for (String line : lines) {
            text.append((first + layout.shown(line)).stripTrailing()).append('\n');
            first = " ".repeat(indent);
        }
        return this;
    }

    private static int indent(Cell label, int width) {
        return Math.max(width, Cells.width(label.text()));
    }

    /** {@code words} in lines of at most {@code width} columns, at least one line. */
    static List<String> wrap(String words, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : words.split(" ")) {
            String rest = word;
            if (line.length() > 0 && Cells.width(line.toString()) + 1 + Cells.width(rest) > width) {
                lines.add(line.toString());
                line.setLength(0);
            } else if (line.length() > 0) {
                line.append(' ');
            }
            while (Cells.width(rest) > width) {
                String head = Cells.head(rest, width);
                head = head.isEmpty() ? rest.substring(0, rest.offsetByCodePoints(0, 1)) : head;
                lines.add(head);
                rest = rest.substring(head.length());
            }
            line.append(rest);
        }
        lines.add(line.toString());
        return lines;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
