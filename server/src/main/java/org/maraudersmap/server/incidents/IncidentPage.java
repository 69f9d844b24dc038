package org.maraudersmap.server.incidents;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.platform.PageRequest;

/**
 * A part of a list, newest first.
 *
 * @param count
 *            of the incidents on this page
 * @param nextCursor
 *            asks for the next page; {@code null} on the last one
 */
record IncidentPage(List<Incident> incidents, int count, @Nullable String nextCursor) {

    static IncidentPage of(PageRequest.Page<Incident> page) {
        return new IncidentPage(page.rows(), page.rows().size(), page.nextCursor());
    }
}
