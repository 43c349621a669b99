package dev.hermesreaper.agent.service;

import java.util.ArrayList;
import java.util.List;

/** What differs between two short texts, by their longest common subsequence. */
final class Diff {

    /** Lines shown unchanged on either side of a change. */
    private static final int CONTEXT = 2;

    private Diff() {}

    static String between(List<String> before, List<String> after) {
        List<String> lines = lines(before, after, lengths(before, after));
        StringBuilder shown = new StringBuilder();
        boolean gap = false;
        for (int i = 0; i < lines.size(); i++) {
            if (isNearAChange(lines, i)) {
                shown.append(gap && shown.length() > 0 ? "  ...\n" : "")
                        .append(lines.get(i))
                        .append('\n');
                gap = false;
            } else {
                gap = true;
            }
        }
        return shown.toString();
    }

    private static boolean isNearAChange(List<String> lines, int at) {
        int from = Math.max(0, at - CONTEXT);
        int to = Math.min(lines.size(), at + CONTEXT + 1);
        return lines.subList(from, to).stream().anyMatch(line -> !line.startsWith(" "));
    }

    private static int[][] lengths(List<String> before, List<String> after) {
        int[][] lengths = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                lengths[i][j] = before.get(i).equals(after.get(j))
                        ? lengths[i + 1][j + 1] + 1
                        : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
            }
        }
        return lengths;
    }

    private static List<String> lines(List<String> before, List<String> after, int[][] lengths) {
        List<String> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            boolean same =
                    i < before.size() && j < after.size() && before.get(i).equals(after.get(j));
            if (same) {
                lines.add("  " + before.get(i++));
                j++;
            } else if (j == after.size() || (i < before.size() && lengths[i + 1][j] >= lengths[i][j + 1])) {
                lines.add("- " + before.get(i++));
            } else {
                lines.add("+ " + after.get(j++));
            }
        }
        return lines;
    }
}
