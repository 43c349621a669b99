package dev.hermesreaper.agent.report;

import java.util.ArrayList;
import java.util.List;

/** A table of a page: a caption, headings, rows; it scrolls by itself where the screen is too narrow. */
final class HtmlTable {

    private final HtmlText html;
    private final String caption;
    private final List<String> headings;
    private final List<List<HtmlText.Content>> rows = new ArrayList<>();

    /**
     * @param headings those that begin with a hash stand over numbers
     */
    HtmlTable(HtmlText html, String caption, String... headings) {
        this.html = html;
        this.caption = caption;
        this.headings = List.of(headings);
    }

    /** A row of texts. */
    HtmlTable row(String... cells) {
        List<HtmlText.Content> contents = new ArrayList<>();
        for (String cell : cells) {
            contents.add(() -> html.text(cell));
        }
        return row(contents);
    }

    HtmlTable row(List<HtmlText.Content> cells) {
        if (cells.size() != headings.size()) {
            throw new IllegalArgumentException(cells.size() + " cells under " + headings.size() + " headings");
        }
        rows.add(List.copyOf(cells));
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    void write() {
        html.element(
                "div",
                List.of("class", "scroll", "tabindex", "0", "role", "region", "aria-label", caption),
                () -> html.element("table", List.of(), this::content));
    }

    private void content() {
        html.element("caption", caption);
        html.element("thead", List.of(), () -> html.element("tr", List.of(), () -> headings.forEach(this::heading)));
        html.element("tbody", List.of(), () -> rows.forEach(this::line));
    }

    private void heading(String heading) {
        boolean number = heading.startsWith("#");
        html.element(
                "th",
                number ? List.of("scope", "col", "class", "number") : List.of("scope", "col"),
                number ? heading.substring(1) : heading);
    }

    private void line(List<HtmlText.Content> cells) {
        html.element("tr", List.of(), () -> {
            for (int i = 0; i < cells.size(); i++) {
                List<String> attributes = headings.get(i).startsWith("#") ? List.of("class", "number") : List.of();
                if (i == 0) {
                    html.element("th", List.of("scope", "row"), cells.get(i));
                } else {
                    html.element("td", attributes, cells.get(i));
                }
            }
        });
    }
}
