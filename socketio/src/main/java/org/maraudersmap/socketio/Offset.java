package org.maraudersmap.socketio;

import java.util.Optional;

/**
 * How far a client has been served: the {@code index}-th message that came of the log's entry at {@code position}, in
 * one life ({@code epoch}) of the log. Its text, {@code <epoch>:<position>.<index>}, travels as the last argument of an
 * event; {@code <epoch>:<position>} means all messages of that position.
 *
 * @param epoch
 *            one life of the log; offsets of different epochs cannot be compared; without a colon
 * @param position
 *            0 or more
 * @param index
 *            0 or more; {@link #ALL} for all messages of the position
 */
public record Offset(String epoch, long position, int index) {
    /** The index that stands for all messages of a position; it is above every other. */
    public static final int ALL = Integer.MAX_VALUE;
    private static final int MAX_TEXT = 128;

    public Offset {
        if (epoch.isEmpty() || epoch.indexOf(':') >= 0 || position < 0 || index < 0) {
            throw new IllegalArgumentException(
                    "No offset: epoch '%s', position %d, index %d; the epoch must be non-empty and without a colon, the numbers 0 or more"
                            .formatted(epoch, position, index));
        }
    }

    /** All messages of a position. */
    public static Offset of(String epoch, long position) {
        return new Offset(epoch, position, ALL);
    }

    /** One message of a position. */
    public static Offset of(String epoch, long position, int index) {
        return new Offset(epoch, position, index);
    }

    /** Reads the text form; empty if it is none, since it comes from clients. */
    public static Optional<Offset> parse(String text) {
        var colon = text.lastIndexOf(':');
        if (colon <= 0 || text.length() > MAX_TEXT) {
            return Optional.empty();
        }
        var dot = text.indexOf('.', colon);
        try {
            var position = number(text.substring(colon + 1, dot < 0 ? text.length() : dot));
            var index = dot < 0 ? ALL : number(text.substring(dot + 1));
            return index > ALL
                    ? Optional.empty()
                    : Optional.of(new Offset(text.substring(0, colon), position, (int) index));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static long number(String digits) {
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new NumberFormatException(digits);
        }
        return Long.parseLong(digits);
    }

    /** Whether it is of the same epoch and later. */
    public boolean isAfter(Offset other) {
        return epoch.equals(other.epoch)
                && (position > other.position || (position == other.position && index > other.index));
    }

    /** The text form. */
    @Override
    public String toString() {
        return index == ALL ? epoch + ":" + position : epoch + ":" + position + "." + index;
    }
}
