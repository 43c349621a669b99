package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.process.RawText;
import java.util.List;

/**
 * HTML as it grows. Whatever is put in as text or as the value of an attribute is escaped, and made one printable line
 * first where it is none: nothing a process calls itself can become markup.
 */
final class HtmlText {

    private static final int LONGEST = 400;

    private final StringBuilder html = new StringBuilder();

    /** Writes what stands inside an element. */
    interface Content {
        void write();
    }

    /** Markup of our own. */
    HtmlText markup(String ours) {
        html.append(ours);
        return this;
    }

    HtmlText text(String text) {
        html.append(escaped(text));
        return this;
    }

    /**
     * An element.
     *
     * @param attributes names and values in turn
     */
    HtmlText element(String name, List<String> attributes, Content content) {
        begin(name, attributes).append('>');
        content.write();
        html.append("</").append(name).append('>');
        return this;
    }

    HtmlText element(String name, List<String> attributes, String text) {
        return element(name, attributes, () -> text(text));
    }

    HtmlText element(String name, String text) {
        return element(name, List.of(), text);
    }

    /** An element without content, as SVG has them. */
    HtmlText single(String name, List<String> attributes) {
        begin(name, attributes).append("/>");
        return this;
    }

    private StringBuilder begin(String name, List<String> attributes) {
        html.append('<').append(name);
        for (int i = 0; i + 1 < attributes.size(); i += 2) {
            html.append(' ')
                    .append(attributes.get(i))
                    .append("=\"")
                    .append(escaped(attributes.get(i + 1)))
                    .append('"');
        }
        return html;
    }

    private static String escaped(String text) {
        String line = RawText.isPrintable(text) ? text : RawText.printable(text, LONGEST);
        StringBuilder escaped = new StringBuilder(line.length() + 16);
        for (int i = 0; i < line.length(); i++) {
            char character = line.charAt(i);
            switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(character);
            }
        }
        return escaped.toString();
    }

    @Override
    public String toString() {
        return html.toString();
    }
}
