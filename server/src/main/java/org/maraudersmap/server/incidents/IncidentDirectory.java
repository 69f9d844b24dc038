package org.maraudersmap.server.incidents;

import org.maraudersmap.server.platform.problem.Problem;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Incidents, for the modules that hang something onto them. */
@Component
public class IncidentDirectory {
    private final IncidentRepository repository;

    IncidentDirectory(IncidentRepository repository) {
        this.repository = repository;
    }

    /**
     * Returns if there is such an incident.
     *
     * @throws Problem
     *             {@code NOT_FOUND}
     */
    public void requireIncidentThatExists(long id) {
        if (!repository.doesIncidentExistNow(id)) {
            throw Problem.notFound("incident", id);
        }
    }

    /**
     * Locks an incident that somebody wants to add something to. Until the caller's transaction ends, nobody else
     * records an event of it.
     *
     * @throws Problem
     *             {@code NOT_FOUND}, or {@code CONFLICT} if it is archived
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public IncidentRef lockIncidentUnlessArchived(long id) {
        var incident = repository.lockIncidentForUpdate(id).orElseThrow(() -> Problem.notFound("incident", id));
        IncidentRules.requireIncidentNotArchived(incident);
        return new IncidentRef(id);
    }
}
