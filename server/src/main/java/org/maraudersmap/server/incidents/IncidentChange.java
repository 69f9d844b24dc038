package org.maraudersmap.server.incidents;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One step in the life of an incident: one event and one version. */
record IncidentChange(Kind kind, Incident before, Incident after) {

    /** What was done; decides the type of the event. */
    enum Kind {
        EDITED, ASSIGNED, RESOLVED, ARCHIVED
    }

    /** A field that a change may touch. Version and time of update move with every change and say nothing of it. */
    private record Field(String name, Function<Incident, @Nullable Object> value) {}

    private static final List<Field> FIELDS = List.of(
            new Field("title", Incident::title),
            new Field("description", Incident::description),
            new Field("severity", Incident::severity),
            new Field("location", Incident::location),
            new Field("status", Incident::status),
            new Field("assigned_to", Incident::assignedTo),
            new Field("resolved_by", Incident::resolvedBy),
            new Field("resolved_at", Incident::resolvedAt),
            new Field("resolution", Incident::resolution));

    /** The fields that differ, under their JSON names, as they are now. */
    Map<String, @Nullable Object> changedFields() {
        return differingFieldsOf(after);
    }

    /** The same fields as they were before. */
    Map<String, @Nullable Object> previousValues() {
        return differingFieldsOf(before);
    }

    boolean isEmpty() {
        return changedFields().isEmpty();
    }

    private Map<String, @Nullable Object> differingFieldsOf(Incident side) {
        var differing = new LinkedHashMap<String, @Nullable Object>();
        for (var field : FIELDS) {
            if (!Objects.equals(field.value().apply(before), field.value().apply(after))) {
                differing.put(field.name(), field.value().apply(side));
            }
        }
        return differing;
    }
}
