package dev.hermesreaper.agent.report;

/** Text measured in the columns it takes on a screen: ideographs take two, combining marks none. */
final class Cells {

    static final String ELLIPSIS = "…";

    private Cells() {}

    static int width(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            width += width(point);
            i += Character.charCount(point);
        }
        return width;
    }

    static int width(int point) {
        if (point < 0x300) {
            return 1;
        }
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return isWide(point) ? 2 : 1;
    }

    /** East Asian wide and fullwidth blocks and emoji, roughly as UAX 11 has them. */
    private static boolean isWide(int point) {
        return (point >= 0x1100 && point <= 0x115F)
                || (point >= 0x2E80 && point <= 0xA4CF && point != 0x303F)
                || (point >= 0xAC00 && point <= 0xD7A3)
                || (point >= 0xF900 && point <= 0xFAFF)
                || (point >= 0xFE30 && point <= 0xFE6F)
                || (point >= 0xFF00 && point <= 0xFF60)
                || (point >= 0xFFE0 && point <= 0xFFE6)
                || (point >= 0x1F300 && point <= 0x1F64F)
                || (point >= 0x1F900 && point <= 0x1F9FF)
                || (point >= 0x20000 && point <= 0x3FFFD);
    }

    /** {@code text} in at most {@code columns}, its end replaced by an ellipsis where it is longer. */
    static String cut(String text, int columns) {
        return width(text) <= columns ? text : head(text, columns - 1) + ELLIPSIS;
    }

    /** As {@link #cut}, but the middle is left out: keys differ at their ends. */
    static String cutMiddle(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        String head = head(text, columns / 2);
        String reversed = new StringBuilder(text).reverse().toString();
        String tail = new StringBuilder(head(reversed, columns - 1 - width(head)))
                .reverse()
                .toString();
        return head + ELLIPSIS + tail;
    }

    /** {@code text} with blanks up to {@code columns}. */
    static String pad(String text, int columns, boolean right) {
        String blanks = " ".repeat(Math.max(0, columns - width(text)));
        return right ? blanks + text : text + blanks;
    }

    /** The longest beginning of {@code text} that takes no more than {@code columns}. */
    static String head(String text, int columns) {
        int taken = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            taken += width(point);
            if (taken > columns) {
                return text.substring(0, i);
            }
            i += Character.charCount(point);
        }
        return text;
    }
}
