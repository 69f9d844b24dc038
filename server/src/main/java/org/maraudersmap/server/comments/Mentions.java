package org.maraudersmap.server.comments;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Finds who is mentioned in a text: {@code @harry.potter}, but neither in a mail address nor in what Markdown shows as
 * code. Its cost is that of reading the text, whatever is in it.
 */
final class Mentions {
    /**
     * Handles begin and end with a letter or a digit, so a full stop behind one ends the sentence. No backtracking: of
     * {@code @harryé} nothing is taken rather than {@code harry}.
     */
    private static final Pattern MENTION = Pattern.compile(
            "(?<![\\p{L}\\p{N}%+/@])(?<![\\p{L}\\p{N}][._-])"
                    + "@([A-Za-z0-9]++(?:[._-]++[A-Za-z0-9]++)*+)(?![\\p{L}\\p{N}@])");
    private static final Pattern FENCE = Pattern.compile(" {0,3}(`{3,}(?=[^`]*$)|~{3,}).*");
    private static final Pattern BACKTICKS = Pattern.compile("`+");

    private Mentions() {}

    /** The handles in lower case, each once, in the order of the text. Whose they are is not known here. */
    static List<String> findHandlesIn(String text) {
        if (text.indexOf('@') < 0) {
            return List.of();
        }
        var handles = new LinkedHashSet<String>();
        for (var prose : withoutFences(text)) {
            MENTION.matcher(withoutCodeSpans(prose))
                    .results()
                    .forEach(found -> handles.add(found.group(1).toLowerCase(Locale.ROOT)));
        }
        return List.copyOf(handles);
    }

    /** The paragraphs and other blocks between fences; one that is not closed goes to the end. */
    private static List<String> withoutFences(String text) {
        var blocks = new ArrayList<String>();
        var block = new StringBuilder();
        var fence = "";
        for (var line : text.lines().toList()) {
            if (!fence.isEmpty()) {
                fence = closes(line, fence) ? "" : fence;
                continue;
            }
            var opening = FENCE.matcher(line);
            if (opening.matches()) {
                fence = opening.group(1);
            }
            if (opening.matches() || line.isBlank()) {
                blocks.add(block.toString());
                block.setLength(0);
            } else {
                block.append(line).append('\n');
            }
        }
        blocks.add(block.toString());
        return blocks;
    }

    private static boolean closes(String line, String fence) {
        var closing = line.strip();
        return closing.length() >= fence.length()
                && closing.chars().allMatch(sign -> sign == fence.charAt(0))
                && line.indexOf(closing.charAt(0)) <= 3;
    }

    /** A span goes from some backticks to the next that are as many; backticks without such a partner are text. */
    private static String withoutCodeSpans(String block) {
        var runs = BACKTICKS.matcher(block).results().toList();
        var prose = new StringBuilder();
        var from = 0;
        for (var opening = 0; opening < runs.size(); opening++) {
            var closing = indexOfPartner(runs, opening);
            if (closing > opening) {
                prose.append(block, from, runs.get(opening).start()).append('`');
                from = runs.get(closing).end();
                opening = closing;
            }
        }
        return prose.append(block, from, block.length()).toString();
    }

    private static int indexOfPartner(List<MatchResult> runs, int opening) {
        for (var candidate = opening + 1; candidate < runs.size(); candidate++) {
            if (runs.get(candidate).group().length() == runs.get(opening).group().length()) {
                return candidate;
            }
        }
        return -1;
    }
}
