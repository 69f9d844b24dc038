package org.maraudersmap.server.incidents;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Which incidents a list has; an empty list or value lets all pass. */
record IncidentFilter(
        List<Status> statuses,
        List<Severity> severities,
        List<Location> locations,
        Optional<UUID> assignee,
        Optional<UUID> reporter,
        Optional<Boolean> urgent,
        Optional<String> searchText) {}
