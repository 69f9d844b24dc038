package org.maraudersmap.server.platform.database;

import java.util.List;
import java.util.regex.Pattern;

/** What PostgreSQL's programs say about why they failed; English, since they are run with {@code LC_ALL=C}. */
final class PostgresMessages {
    private static final Pattern FAILURE = Pattern.compile("(?:^|\\s)(?:ERROR|FATAL|PANIC|error|fatal):\\s+(.*)");

    private PostgresMessages() {}

    static boolean hasFailure(String output) {
        return output.lines().anyMatch(line -> FAILURE.matcher(line).find());
    }

    /** The failure that it tells of first, which those that follow come of; else its last line. */
    static String reasonIn(String output) {
        return reasonIn(output.lines().toList());
    }

    static String reasonIn(List<String> lines) {
        for (var line : lines) {
            var failure = FAILURE.matcher(line);
            if (failure.find()) {
                return failure.group(1).strip();
            }
        }
        return lines.isEmpty() ? "it says nothing" : lines.getLast().strip();
    }
}
