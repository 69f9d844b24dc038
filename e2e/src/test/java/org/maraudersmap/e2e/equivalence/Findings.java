package org.maraudersmap.e2e.equivalence;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.maraudersmap.e2e.harness.EventLogReader;
import org.maraudersmap.e2e.harness.EventLogReader.Entry;

/** What all sequences together have shown: that the comparison sees what it should see. */
final class Findings {
    private final Set<String> types = new TreeSet<>();
    private final Set<String> missed = new TreeSet<>();
    private final PresenceLog presence = new PresenceLog();
    private final AtomicInteger comparisons = new AtomicInteger();
    private int recoveries;
    private int returns;
    private long position;

    /** Reads on from where it stands. */
    void readLog(EventLogReader reader) {
        var news = reader.readAllAfter(position);
        addTypesOf(news.entries());
        news.entries().forEach(presence::apply);
        position = news.next();
    }

    /** Presence as the log tells it from the beginning. */
    PresenceLog presence() {
        return presence;
    }

    /** What a user has read. */
    void addTypesOf(Collection<Entry> entries) {
        entries.stream().map(Entry::type).forEach(types::add);
    }

    /** Kinds of news of which it would be noticed if a client missed them. */
    void addMissed(Set<String> kinds) {
        missed.addAll(kinds);
    }

    /** How often a socket came back and was recovered, and how often it had to ask. */
    void addReturns(int recovered, int notRecovered) {
        recoveries += recovered;
        returns += notRecovered;
    }

    void countComparison() {
        comparisons.incrementAndGet();
    }

    Set<String> types() {
        return new HashSet<>(types);
    }

    Set<String> missed() {
        return new HashSet<>(missed);
    }

    int recoveries() {
        return recoveries;
    }

    int returns() {
        return returns;
    }

    /** How far the log has been read. */
    long position() {
        return position;
    }

    int comparisons() {
        return comparisons.get();
    }
}
