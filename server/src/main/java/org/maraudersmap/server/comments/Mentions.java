package org.maraudersmap.server.comments;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Finds who is mentioned in a comment: an {@code @} that no ASCII letter, digit or one of {@code ._%+-/} precedes, in
 * what CommonMark calls text, and the longest handle of a user that follows. Letters of other scripts may touch a
 * mention on either side. An address that begins with {@code http://} or {@code https://} is no text.
 */
final class Mentions {
    /** A word of the text ends where a handle does, so {@code @harrys} is not {@code @harry}. */
    private static final Pattern MENTION = Pattern.compile(
            "(?<![A-Za-z0-9._%+/-])@([A-Za-z0-9]++(?:[._-]++[A-Za-z0-9]++)*+)");
    private static final Pattern ADDRESS = Pattern.compile("(?i)(?<![A-Za-z0-9])https?://[!-;=?-~]*+");
    private static final Pattern END_OF_WORD = Pattern.compile("(?<=[A-Za-z0-9])(?![A-Za-z0-9])");
    /** Of a mail address the part before the {@code @} has at most 64 characters; then comes the number. */
    private static final int LONGEST_HANDLE = 80;
    /** Deeper ones are text; so what nests blocks costs little. */
    private static final int MOST_NESTED_BLOCKS = 50;
    private static final Parser MARKDOWN = Parser.builder()
            .includeSourceSpans(IncludeSourceSpans.NONE)
            .maxOpenBlockParsers(MOST_NESTED_BLOCKS)
            .build();

    private Mentions() {}

    /**
     * Whom one {@code @} may mean: handles in lower case, the longest first. The first one that somebody has counts.
     */
    record Mention(List<String> handles) {}

    /**
     * In the order of the text; those that may mean the same are there once. Whose the handles are is not known here.
     */
    static Set<Mention> findMentionsIn(String markdown) {
        var mentions = new LinkedHashSet<Mention>();
        if (markdown.indexOf('@') < 0) {
            return mentions;
        }
        var document = MARKDOWN.parse(Normalizer.normalize(markdown, Normalizer.Form.NFC));
        for (var node = document.getFirstChild(); node != null; node = nodeAfter(node)) {
            if (node instanceof Text text) {
                MENTION.matcher(ADDRESS.matcher(text.getLiteral()).replaceAll(" "))
                        .results()
                        .map(found -> new Mention(handlesBeginning(found.group(1).toLowerCase(Locale.ROOT))))
                        .filter(mention -> !mention.handles().isEmpty())
                        .forEach(mentions::add);
            }
        }
        return mentions;
    }

    /** In the order of the text, without recursion: emphasis may be nested a thousand times. */
    private static @Nullable Node nodeAfter(Node node) {
        if (node.getFirstChild() != null) {
            return node.getFirstChild();
        }
        for (var at = node; at != null; at = at.getParent()) {
            if (at.getNext() != null) {
                return at.getNext();
            }
        }
        return null;
    }

    private static List<String> handlesBeginning(String name) {
        var handles = new ArrayList<String>();
        var ends = END_OF_WORD.matcher(name);
        while (ends.find() && ends.start() <= LONGEST_HANDLE) {
            handles.addFirst(name.substring(0, ends.start()));
        }
        return List.copyOf(handles);
    }
}
