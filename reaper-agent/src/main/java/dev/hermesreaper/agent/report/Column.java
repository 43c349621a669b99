package dev.hermesreaper.agent.report;

/**
 * One column of a table.
 *
 * @param title its heading
 * @param right whether its cells stand at the right
 * @param least to how many columns of the screen its cells may be cut; 0 for never
 * @param middle whether the middle of a cell is cut out, not its end
 * @param rank how early it is left out of a table too wide: the highest first; 0 for never
 */
record Column(String title, boolean right, int least, boolean middle, int rank) {

    static Column left(String title) {
        return new Column(title, false, 0, false, 0);
    }

    static Column right(String title) {
        return new Column(title, true, 0, false, 0);
    }

    Column cutTo(int columns) {
        return new Column(title, right, columns, false, rank);
    }

    Column middleCutTo(int columns) {
        return new Column(title, right, columns, true, rank);
    }

    Column droppedAs(int order) {
        return new Column(title, right, least, middle, order);
    }

    boolean canBeCut() {
        return least > 0;
    }

    String fit(String text, int width) {
        return Cells.pad(middle ? Cells.cutMiddle(text, width) : Cells.cut(text, width), width, right);
    }
}
