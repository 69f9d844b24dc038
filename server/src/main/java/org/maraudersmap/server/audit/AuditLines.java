package org.maraudersmap.server.audit;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.maraudersmap.server.backbone.PositionedEventView;

/** A part of the trail as lines of JSON, read in pages while they are taken. */
final class AuditLines implements Iterator<String> {
    private static final int PAGE = 500;

    private final AuditRepository trail;
    private AuditFilter rest;
    private Iterator<PositionedEventView> page = List.<PositionedEventView>of().iterator();
    private boolean isLastPage;

    AuditLines(AuditRepository trail, AuditFilter filter) {
        this.trail = trail;
        this.rest = filter;
    }

    @Override
    public boolean hasNext() {
        if (!page.hasNext() && !isLastPage) {
            var read = trail.readTrailInOrder(rest, PAGE);
            isLastPage = read.size() < PAGE;
            page = read.iterator();
            if (!read.isEmpty()) {
                rest = rest.behind(read.getLast().position());
            }
        }
        return page.hasNext();
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var event = page.next();
        // Raw line breaks may stand between the parts of a JSON text, and only there.
        return "{\"position\":" + event.position() + ",\"event\":" + event.event().replace('\n', ' ') + "}";
    }
}
