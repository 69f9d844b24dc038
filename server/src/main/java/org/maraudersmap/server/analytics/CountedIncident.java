package org.maraudersmap.server.analytics;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.maraudersmap.server.analytics.Counter.Kind;
import tools.jackson.databind.JsonNode;

/** What counts of an incident, at one time of its life. */
record CountedIncident(
        String severity, String location, String status, Instant reportedAt, Optional<Instant> resolvedAt) {

    /** As an event shows it. */
    static CountedIncident of(JsonNode incident) {
        return read(incident::path);
    }

    /** As it was before an event: with the previous values of the fields that have changed. */
    static CountedIncident of(JsonNode incident, JsonNode previousValues) {
        return read(field -> previousValues.has(field) ? previousValues.path(field) : incident.path(field));
    }

    private interface Fields {
        JsonNode get(String name);
    }

    private static CountedIncident read(Fields fields) {
        var resolvedAt = fields.get("resolved_at");
        return new CountedIncident(
                fields.get("severity").stringValue(),
                fields.get("location").stringValue(),
                fields.get("status").stringValue(),
                Instant.parse(fields.get("reported_at").stringValue()),
                resolvedAt.isNull() ? Optional.empty() : Optional.of(Instant.parse(resolvedAt.stringValue())));
    }

    /** How much it adds to which counters. */
    Map<Counter, Long> contribution() {
        Map<Kind, String> names = new EnumMap<>(Kind.class);
        names.put(Kind.SEVERITY, severity);
        names.put(Kind.LOCATION, location);
        names.put(Kind.STATUS, status);
        names.put(Kind.REPORTED_ON, dayOf(reportedAt));
        resolvedAt.ifPresent(time -> {
            names.put(Kind.RESOLVED_ON, dayOf(time));
            names.put(Kind.RESOLVED, severity);
            names.put(Kind.MILLIS_TO_RESOLVE, severity);
        });
        Map<Counter, Long> amounts = new HashMap<>();
        names.forEach((kind, name) -> amounts.put(
                new Counter(kind, name), kind == Kind.MILLIS_TO_RESOLVE ? millisToResolve() : 1));
        return amounts;
    }

    private long millisToResolve() {
        return resolvedAt.map(time -> Duration.between(reportedAt, time).toMillis()).orElse(0L);
    }

    private static String dayOf(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC).toString();
    }
}
