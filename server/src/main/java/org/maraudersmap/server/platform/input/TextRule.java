package org.maraudersmap.server.platform.input;

import java.text.Normalizer;
import java.util.Optional;

/**
 * The rule for every text that comes in: well-formed Unicode without control characters other than tab and line feed,
 * kept in normalization form C. So what is stored can be stored everywhere, and the same text is the same characters.
 */
public final class TextRule {
    /** Everything below is in form C already: there is nothing to combine with. */
    private static final char FIRST_COMBINING = '\u0300';

    private TextRule() {}

    /** What is wrong with a text, to follow its name; empty if nothing is. */
    public static Optional<String> findFault(String text) {
        var malformed = findMalformedPart(text);
        if (malformed.isPresent()) {
            return malformed;
        }
        for (var i = 0; i < text.length(); i++) {
            var letter = text.charAt(i);
            if (Character.isISOControl(letter) && letter != '\t' && letter != '\n' && !isLineEnd(text, i)) {
                return Optional.of(
                        String.format(
                                "must not contain control characters other than tab and line feed, such as U+%04X",
                                (int) letter));
            }
        }
        return Optional.empty();
    }

    /** What a line ends with on Windows becomes a line feed. */
    private static boolean isLineEnd(String text, int index) {
        return text.startsWith("\r\n", index);
    }

    /** The part of the rule that holds for passwords and tokens too, which are taken exactly as they were typed. */
    static Optional<String> findMalformedPart(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (Character.isHighSurrogate(text.charAt(i)) && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(text.charAt(i))) {
                return Optional.of(String.format("must not contain half a surrogate pair (U+%04X)",
                        (int) text.charAt(i)));
            }
        }
        return Optional.empty();
    }

    /** The text as it is kept and compared: in form C, its lines ending in a line feed. */
    public static String normalize(String text) {
        var lines = text.replace("\r\n", "\n");
        return lines.chars().allMatch(letter -> letter < FIRST_COMBINING)
                ? lines
                : Normalizer.normalize(lines, Normalizer.Form.NFC);
    }

    /** Whether anything of the text can be seen: a title of spaces, or of marks that only steer others, is none. */
    public static boolean hasSomethingToSee(String text) {
        return text.codePoints().anyMatch(TextRule::isSeen);
    }

    private static boolean isSeen(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            default -> !isBlankByLooks(letter);
        };
    }

    /**
     * Letters, marks and symbols by category that show nothing: the braille blank, the musical null note head, and what
     * Unicode's DerivedCoreProperties lists as Default_Ignorable_Code_Point beyond format characters.
     */
    private static boolean isBlankByLooks(int letter) {
        return switch (letter) {
            case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2065, 0x2800, 0x3164, 0xFFA0, 0x1D159 -> true;
            default -> isBetween(letter, 0x180B, 0x180F)
                    || isBetween(letter, 0xFE00, 0xFE0F)
                    || isBetween(letter, 0xFFF0, 0xFFF8)
                    || isBetween(letter, 0xE0000, 0xE0FFF);
        };
    }

    private static boolean isBetween(int letter, int first, int last) {
        return first <= letter && letter <= last;
    }
}
