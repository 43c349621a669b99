package dev.hermesreaper.agent.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows under headings, one line each. Where the screen is too narrow, columns that may be cut are cut first, then whole
 * columns are left out; a row is never wrapped.
 */
final class TextTable {

    private static final String GAP = "  ";

    private final List<Column> columns;
    private final List<List<Cell>> rows = new ArrayList<>();

    /**
     * One cell.
     *
     * @param text one harmless line
     * @param style how it stands out
     */
    record Cell(String text, Style style) {

        static Cell of(String text) {
            return new Cell(text, Style.PLAIN);
        }

        static Cell of(long number) {
            return of(Long.toString(number));
        }
    }

    TextTable(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    void add(List<Cell> row) {
        if (row.size() != columns.size()) {
            throw new IllegalArgumentException(row.size() + " cells under " + columns.size() + " headings");
        }
        rows.add(List.copyOf(row));
    }

    /** Leaves the first {@code atMost} rows, and says how many it took away. */
    int keepFirst(int atMost) {
        int more = Math.max(0, rows.size() - atMost);
        rows.subList(rows.size() - more, rows.size()).clear();
        return more;
    }

    /** All lines of the table, without line ends. */
    List<String> lines(Layout layout) {
        int[] widths = widths();
        List<Integer> visible =
                new ArrayList<>(IntStream.range(0, columns.size()).boxed().toList());
        while (least(visible, widths) > layout.columns() && dropOne(visible)) {
            // until it fits
        }
        shrink(visible, widths, layout.columns());
        List<String> lines = new ArrayList<>(rows.size() + 1);
        lines.add(line(visible, widths, layout, titles()));
        rows.forEach(row -> lines.add(line(visible, widths, layout, row)));
        return lines;
    }

    private List<Cell> titles() {
        return columns.stream()
                .map(column -> new Cell(column.title(), Style.TITLE))
                .toList();
    }

    private int[] widths() {
        return IntStream.range(0, columns.size())
                .map(i -> Math.max(
                        Cells.width(columns.get(i).title()),
                        rows.stream()
                                .mapToInt(row -> Cells.width(row.get(i).text()))
                                .max()
                                .orElse(0)))
                .toArray();
    }

    private int leastOf(int column, int[] widths) {
        Column it = columns.get(column);
        return it.canBeCut() ? Math.min(widths[column], Math.max(it.least(), Cells.width(it.title()))) : widths[column];
    }

    private int least(List<Integer> visible, int[] widths) {
        return visible.stream().mapToInt(i -> leastOf(i, widths)).sum() + GAP.length() * (visible.size() - 1);
    }

    private boolean dropOne(List<Integer> visible) {
        return visible.stream()
                .filter(i -> columns.get(i).rank() > 0)
                .max(Comparator.comparingInt(i -> columns.get(i).rank()))
                .filter(visible::remove)
                .isPresent();
    }

    private void shrink(List<Integer> visible, int[] widths, int available) {
        int excess = visible.stream().mapToInt(i -> widths[i]).sum() + GAP.length() * (visible.size() - 1) - available;
        while (excess > 0) {
            int widest = visible.stream()
                    .filter(i -> widths[i] > leastOf(i, widths))
                    .max(Comparator.comparingInt(i -> widths[i]))
                    .orElse(-1);
            if (widest < 0) {
                return;
            }
            widths[widest]--;
            excess--;
        }
    }

    private String line(List<Integer> visible, int[] widths, Layout layout, List<Cell> row) {
        StringBuilder line = new StringBuilder();
        int taken = 0;
        int last = visible.get(visible.size() - 1);
        for (int i : visible) {
            Cell cell = row.get(i);
            String gap = line.length() == 0 ? "" : GAP;
            String fitted = columns.get(i).fit(cell.text(), widths[i]);
            String text = Cells.cut(gap + fitted, Math.max(0, layout.columns() - taken));
            taken += Cells.width(text);
            line.append(layout.paint(cell.style(), layout.shown(i == last ? text.stripTrailing() : text)));
        }
        return line.toString().stripTrailing();
    }
}
