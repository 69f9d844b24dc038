package org.maraudersmap.server.incidents;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.backbone.PositionedEventView;
import org.maraudersmap.server.platform.PageRequest;

/**
 * A part of what has happened to an incident, in the order of the log; comments are part of it.
 *
 * @param nextCursor
 *            asks for the next page; {@code null} on the last one
 */
record IncidentTimeline(List<PositionedEventView> events, @Nullable String nextCursor) {

    static IncidentTimeline of(PageRequest.Page<PositionedEventView> page) {
        return new IncidentTimeline(page.rows(), page.nextCursor());
    }
}
