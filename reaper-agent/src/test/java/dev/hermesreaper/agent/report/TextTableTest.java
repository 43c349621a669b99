package dev.hermesreaper.agent.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hermesreaper.agent.report.TextTable.Cell;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

    private static TextTable table(String key, String why) {
        TextTable table = new TextTable(List.of(
                Column.left("KEY").middleCutTo(9),
                Column.right("COUNT"),
                Column.left("SIZE").droppedAs(1),
                Column.left("WHY").cutTo(8)));
        table.add(List.of(Cell.of(key), Cell.of(12), Cell.of("s".repeat(20)), Cell.of(why)));
        table.add(List.of(Cell.of("k"), Cell.of(3), Cell.of("s"), Cell.of("w")));
        return table;
    }

    @Test
    void alignsColumns() {
        assertThat(table("key", "because").lines(Layout.of(60)))
                .containsExactly(
                        "KEY  COUNT  SIZE                  WHY",
                        "key     12  ssssssssssssssssssss  because",
                        "k        3  s                     w");
    }

    @Test
    void cutsBeforeItLeavesOut() {
        List<String> lines = table("a".repeat(30) + "z", "because").lines(Layout.of(60));

        assertThat(lines.get(1)).isEqualTo("aaaaaaaaaaa…aaaaaaaaaz     12  ssssssssssssssssssss  because");
        assertThat(lines.get(0)).contains("SIZE");
    }

    @Test
    void leavesOutWhatItCannotCut() {
        TextTable table = new TextTable(List.of(
                Column.left("A"),
                Column.left("B").droppedAs(1),
                Column.left("C").droppedAs(2)));
        table.add(List.of(Cell.of("a".repeat(30)), Cell.of("b".repeat(25)), Cell.of("c".repeat(5))));

        assertThat(table.lines(Layout.of(60)).get(1)).isEqualTo("a".repeat(30) + "  " + "b".repeat(25));
    }

    @Test
    void measuresInColumnsOfTheScreen() {
        assertThat(Cells.width("東京")).isEqualTo(4);
        assertThat(Cells.width("e\u0301")).isEqualTo(1);
        assertThat(Cells.cut("東京都", 4)).isEqualTo("東…");
        assertThat(Cells.cutMiddle("😀".repeat(5), 7)).isEqualTo("😀…😀😀");
        assertThat(Cells.pad("東", 4, true)).isEqualTo("  東");
    }

    @Test
    void refusesARowThatDoesNotFitItsHeadings() {
        assertThatThrownBy(() -> table("k", "w").add(List.of(Cell.of(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 cells under 4 headings");
    }

    @Test
    void wrapsProseBetweenWords() {
        assertThat(Page.wrap("one two three", 7)).containsExactly("one two", "three");
        assertThat(Page.wrap("abcdefgh ij", 3)).containsExactly("abc", "def", "gh", "ij");
        assertThat(Page.wrap("", 7)).containsExactly("");
    }
}
