package org.maraudersmap.e2e.faults;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the product has answered to writers, and what it was asked and has not answered: that may have happened or not.
 * Every write sets a title of its own, by which it is known again. Thread-safe.
 */
final class Ledger {
    private final Map<Change, String> acknowledged = new ConcurrentHashMap<>();
    private final Set<String> unanswered = ConcurrentHashMap.newKeySet();
    private final AtomicInteger creations = new AtomicInteger();
    private final AtomicInteger edits = new AtomicInteger();

    /** One version of one incident. */
    record Change(long incident, long version) {}

    /** To be called before a request goes out. */
    void noteAsked(String title) {
        unanswered.add(title);
    }

    void noteCreated(Change change, String title) {
        creations.incrementAndGet();
        noteAcknowledged(change, title);
    }

    void noteEdited(Change change, String title) {
        edits.incrementAndGet();
        noteAcknowledged(change, title);
    }

    private void noteAcknowledged(Change change, String title) {
        var twice = acknowledged.put(change, title);
        if (twice != null) {
            throw new IllegalStateException(change + " was answered to '" + twice + "' and to '" + title + "'");
        }
        unanswered.remove(title);
    }

    /** Every acknowledged change with the title that it set. */
    Map<Change, String> acknowledged() {
        return acknowledged;
    }

    /** Whether a change with this title was asked for and not answered. */
    boolean isUnanswered(String title) {
        return unanswered.contains(title);
    }

    int unanswered() {
        return unanswered.size();
    }

    int creations() {
        return creations.get();
    }

    int edits() {
        return edits.get();
    }
}
