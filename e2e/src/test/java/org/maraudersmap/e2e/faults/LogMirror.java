package org.maraudersmap.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.e2e.faults.Ledger.Change;
import org.maraudersmap.e2e.harness.EventLogReader;
import org.maraudersmap.e2e.harness.EventLogReader.Entry;
import tools.jackson.databind.JsonNode;

/** The whole log as an administrator reads it, checked as it grows: no gap, nothing twice, versions in order. */
final class LogMirror {
    private final EventLogReader reader;
    private final Set<String> eventIds = new HashSet<>();
    private final Map<Change, String> changes = new HashMap<>();
    private final Map<Long, JsonNode> newest = new HashMap<>();
    private long position;
    private @Nullable String epoch;

    LogMirror(EventLogReader reader) {
        this.reader = reader;
    }

    /** Reads what has come since. */
    void update() {
        var stretch = reader.readAllAfter(position);
        assertThat(stretch.epoch()).as("the log lives on").isEqualTo(epoch == null ? stretch.epoch() : epoch);
        epoch = stretch.epoch();
        // What is hidden (notifications are for their owners alone) is counted, and the reader has seen that it adds
        // up.
        stretch.entries().forEach(this::add);
        assertThat(position).as("the last position").isLessThanOrEqualTo(stretch.next());
        position = stretch.next();
    }

    private void add(Entry entry) {
        assertThat(entry.position()).as("positions that rise").isGreaterThan(position);
        position = entry.position();
        assertThat(eventIds.add(entry.event().path("eventId").asString())).as("event %s is there once", entry).isTrue();
        if (!entry.isOfIncident()) {
            return;
        }
        var incident = entry.incident();
        var change = new Change(incident.path("id").asLong(), incident.path("version").asLong());
        var before = newest.put(change.incident(), incident);
        if (before == null) {
            assertThat(entry.type()).as("what comes first of incident %d", change.incident()).isEqualTo(
                    "incident.created");
        } else {
            assertThat(change.version()).as("the version after %s", before).isEqualTo(
                    before.path("version").asLong() + 1);
        }
        changes.put(change, incident.path("title").asString());
    }

    /** Every version of every incident in the log, with its title. */
    Map<Change, String> changes() {
        return changes;
    }

    /** The incident as its last event tells it. */
    @Nullable
    JsonNode newest(long incident) {
        return newest.get(incident);
    }

    /** The position up to which it has been read. */
    long position() {
        return position;
    }
}
