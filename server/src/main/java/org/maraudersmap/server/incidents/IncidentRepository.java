package org.maraudersmap.server.incidents;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.eventlog.NewEvent;
import org.maraudersmap.server.backbone.OutboxEventRecorder;
import org.maraudersmap.server.backbone.PreparedEvent;
import org.maraudersmap.server.platform.database.GatheredCalls;
import org.maraudersmap.server.platform.database.WordSearch;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The table {@code incidents}. A row and the event about it are written by one statement; those who report at the same
 * time share one, as most of what an insertion costs does not depend on how many rows it has.
 */
@Repository
class IncidentRepository {
    private static final String SELECT = """
            select id, title, description, severity, location, status, reported_by, reported_at, assigned_to, \
            updated_at, resolved_by, resolved_at, resolution, version from incidents""";
    private static final String SEARCHED = "title || ' ' || description";
    private static final String INSERT = """
            insert into incidents (id, title, description, severity, location, status, reported_by, reported_at, \
            updated_at, version) \
            select * from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::uuid[], \
            ?::timestamptz[], ?::timestamptz[], ?::bigint[]) returning id::text as key""";
    private static final String UPDATE = """
            update incidents set title = ?, description = ?, severity = ?, location = ?, status = ?, \
            assigned_to = ?, updated_at = ?, resolved_by = ?, resolved_at = ?, resolution = ?, version = ? \
            where id = ?""";

    /** While one statement waits for the disk, the next one can already compute. */
    private static final int STATEMENTS_AT_ONCE = 2;
    private static final int MOST_IN_STATEMENT = 64;

    private final JdbcClient jdbc;
    private final OutboxEventRecorder recorder;
    private final WordSearch search;
    private final GatheredCalls<Long, Insertion, Boolean> insertions;

    IncidentRepository(JdbcClient jdbc, OutboxEventRecorder recorder, WordSearch search) {
        this.jdbc = jdbc;
        this.recorder = recorder;
        this.search = search;
        this.insertions = new GatheredCalls<>(
                STATEMENTS_AT_ONCE, MOST_IN_STATEMENT, insertion -> insertion.incident().id(),
                this::insertTogether);
    }

    private record Insertion(Incident incident, PreparedEvent event) {}

    /**
     * In the caller's transaction if he has one. Otherwise in one statement with whatever others insert at the same
     * time, which is a transaction by itself.
     */
    void insertIncidentWithEvent(Incident incident, NewEvent event) {
        var insertion = new Insertion(incident, recorder.prepareEventForOutbox(event));
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            insertIncidentsWithEvents(List.of(insertion));
        } else {
            var _ = insertions.call(insertion);
        }
    }

    private Map<Long, Boolean> insertTogether(List<Insertion> together) {
        insertIncidentsWithEvents(together);
        return together.stream().collect(Collectors.toMap(insertion -> insertion.incident().id(), _ -> true));
    }

    private void insertIncidentsWithEvents(List<Insertion> insertions) {
        var incidents = insertions.stream().map(Insertion::incident).toList();
        recorder.recordEventsWithStatement(
                insertions.stream().map(Insertion::event).toList(),
                INSERT,
                incidents.stream().map(Incident::id).toArray(Long[]::new),
                incidents.stream().map(Incident::title).toArray(String[]::new),
                incidents.stream().map(Incident::description).toArray(String[]::new),
                incidents.stream().map(incident -> incident.severity().name()).toArray(String[]::new),
                incidents.stream().map(incident -> incident.location().name()).toArray(String[]::new),
                incidents.stream().map(incident -> incident.status().name()).toArray(String[]::new),
                incidents.stream().map(Incident::reportedBy).toArray(UUID[]::new),
                incidents.stream().map(incident -> incident.reportedAt().toString()).toArray(String[]::new),
                incidents.stream().map(incident -> incident.updatedAt().toString()).toArray(String[]::new),
                incidents.stream().map(Incident::version).toArray(Long[]::new));
    }

    /** The caller holds the row's lock. */
    void updateIncidentWithEvent(Incident incident, NewEvent event) {
        recorder.recordEventWithStatement(
                event,
                UPDATE,
                incident.title(),
                incident.description(),
                incident.severity().name(),
                incident.location().name(),
                incident.status().name(),
                incident.assignedTo(),
                atUtc(incident.updatedAt()),
                incident.resolvedBy(),
                atUtcIfAny(incident.resolvedAt()),
                incident.resolution(),
                incident.version(),
                incident.id());
    }

    Optional<Incident> findIncidentWithId(long id) {
        return jdbc.sql(SELECT + " where id = ?").param(id).query(IncidentRepository::read).optional();
    }

    boolean doesIncidentExistNow(long id) {
        return jdbc.sql("select exists (select from incidents where id = ?)")
                .param(id)
                .query((row, _) -> row.getBoolean(1))
                .single();
    }

    /** Until the transaction ends nobody else records an event of this incident. */
    Optional<Incident> lockIncidentForUpdate(long id) {
        return jdbc.sql(SELECT + " where id = ? for update").param(id).query(IncidentRepository::read).optional();
    }

    /** Newest first, from the one below {@code cursor} on. */
    List<Incident> listIncidentsBelowCursor(IncidentFilter filter, Optional<Long> cursor, int limit) {
        var where = new ArrayList<String>();
        var parameters = new ArrayList<Object>();
        addChoice(where, parameters, "status", filter.statuses());
        addChoice(where, parameters, "severity", filter.severities());
        addChoice(where, parameters, "location", filter.locations());
        filter.assignee().ifPresent(user -> addCondition(where, parameters, "assigned_to = ?", user));
        filter.reporter().ifPresent(user -> addCondition(where, parameters, "reported_by = ?", user));
        // In the words of the partial index.
        filter.urgent()
                .ifPresent(
                        urgent -> where.add(
                                urgent
                                        ? "severity in ('CRITICAL', 'UNFORGIVABLE')"
                                        : "severity not in ('CRITICAL', 'UNFORGIVABLE')"));
        filter.searchText()
                .map(text -> search.describeConditionForText("incidents", SEARCHED, text))
                .ifPresent(found -> addCondition(where, parameters, found.sql(), found.parameter()));
        cursor.ifPresent(id -> addCondition(where, parameters, "id < ?", id));

        var condition = where.isEmpty() ? "" : " where " + String.join(" and ", where);
        var query = jdbc.sql(SELECT + condition + " order by id desc limit ?");
        for (var parameter : parameters) {
            query = query.param(parameter);
        }
        return query.param(limit).query(IncidentRepository::read).list();
    }

    /** For a single value {@code in} is as good as {@code =}: the page is read off the index in order. */
    private static void addChoice(
            List<String> where, List<Object> parameters, String column, List<? extends Enum<?>> values) {
        if (!values.isEmpty()) {
            where.add(column + " in (" + String.join(", ", Collections.nCopies(values.size(), "?")) + ")");
            values.forEach(value -> parameters.add(value.name()));
        }
    }

    private static void addCondition(
            List<String> where, List<Object> parameters, String condition, Object parameter) {
        where.add(condition);
        parameters.add(parameter);
    }

    /** Keeps everybody else from writing until the transaction ends; true if there is no incident yet. */
    boolean lockTableIfStillEmpty() {
        jdbc.sql("lock table incidents in exclusive mode").update();
        return jdbc.sql("select not exists (select from incidents)").query((row, _) -> row.getBoolean(1)).single();
    }

    private static Incident read(ResultSet row, int number) throws SQLException {
        return new Incident(
                row.getLong("id"),
                row.getString("title"),
                row.getString("description"),
                Severity.valueOf(row.getString("severity")),
                Location.valueOf(row.getString("location")),
                Status.valueOf(row.getString("status")),
                row.getObject("reported_by", UUID.class),
                row.getObject("reported_at", OffsetDateTime.class).toInstant(),
                row.getObject("assigned_to", UUID.class),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getObject("resolved_by", UUID.class),
                instantIfAny(row.getObject("resolved_at", OffsetDateTime.class)),
                row.getString("resolution"),
                row.getLong("version"));
    }

    private static OffsetDateTime atUtc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable OffsetDateTime atUtcIfAny(@Nullable Instant time) {
        return time == null ? null : atUtc(time);
    }

    private static @Nullable Instant instantIfAny(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
