package org.maraudersmap.e2e.socket;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * An event that a client received.
 *
 * @param connection
 *            the how-manieth connection of its client it came on, from 1
 * @param at
 *            when, by the clock of this machine
 */
public record SocketEvent(String name, List<JsonNode> arguments, int connection, Instant at) {
    private static final Pattern OFFSET = Pattern.compile("(?<epoch>[^:]+):(?<position>\\d+)(\\.(?<n>\\d+))?");

    /** Where in the log a message came from; {@code n} is -1 where the offset has none. */
    public record Offset(String epoch, long position, int n) {}

    /** The first argument. */
    public JsonNode payload() {
        return arguments.getFirst();
    }

    /** The offset, if the last argument is one. */
    public Optional<Offset> offset() {
        if (arguments.size() < 2 || !arguments.getLast().isString()) {
            return Optional.empty();
        }
        var matcher = OFFSET.matcher(arguments.getLast().asString());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var n = matcher.group("n");
        return Optional.of(
                new Offset(
                        matcher.group("epoch"),
                        Long.parseLong(matcher.group("position")),
                        n == null ? -1 : Integer.parseInt(n)));
    }
}
