package dev.hermesreaper.agent.report;

/**
 * What a text is written for.
 *
 * @param columns width of the screen; taken as 60 where it is less, as 200 where it is more
 * @param colour whether escape sequences for colour are understood and wanted
 * @param unicode whether characters beyond ASCII can be shown; if not, they are replaced one for one
 */
public record Layout(int columns, boolean colour, boolean unicode) {

    private static final int FEWEST = 60;
    private static final int MOST = 200;

    public Layout {
        columns = Math.max(FEWEST, Math.min(MOST, columns));
    }

    /** No colour, all characters. */
    public static Layout of(int columns) {
        return new Layout(columns, false, true);
    }

    String paint(Style style, String text) {
        return colour ? style.paint(text) : text;
    }

    /** {@code text} in the characters that can be shown, column by column. */
    String shown(String text) {
        if (unicode) {
            return text;
        }
        StringBuilder ascii = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            switch (point) {
                case '…' -> ascii.append('~');
                case '→' -> ascii.append('>');
                default -> {
                    if (point <= '~') {
                        ascii.appendCodePoint(point);
                    } else {
                        ascii.append("?".repeat(Cells.width(point)));
                    }
                }
            }
        });
        return ascii.toString();
    }
}
