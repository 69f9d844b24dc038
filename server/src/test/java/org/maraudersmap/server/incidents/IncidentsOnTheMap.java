package org.maraudersmap.server.incidents;

import java.util.List;
import java.util.Map;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.Api.Answer;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What tests do again and again with incidents. */
public final class IncidentsOnTheMap {
    private static final JsonMapper JSON = new JsonMapper();
    private final Api api;
    private final JdbcClient jdbc;

    /** On the map of this product. */
    public IncidentsOnTheMap(Api api, JdbcClient jdbc) {
        this.api = api;
        this.jdbc = jdbc;
    }

    /** The token of a new STUDENT. */
    public String student() {
        return api.registerStudent().accessToken();
    }

    /** The demo AUROR. */
    public Api.Session auror() {
        return api.login("alastor.moody@hogwarts.edu", "mischief-managed");
    }

    /** A demo PREFECT. */
    public Api.Session prefect() {
        return api.login("hermione.granger@hogwarts.edu", "mischief-managed");
    }

    /** Reports an incident and gives its number. */
    public long reported(String token) {
        return reported(token, Map.of("title", "Troll in the dungeons"));
    }

    /** Reports this incident and gives its number. */
    public long reported(String token, Map<String, ?> report) {
        var answer = api.post("/api/incidents", token, report);
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.text());
        }
        return answer.body().path("id").asLong();
    }

    /** Edits it. */
    public Answer put(String token, long id, Object edit, String... headers) {
        return api.send("PUT", "/api/incidents/" + id, token, edit, headers);
    }

    /** Edits it. */
    public Answer patch(String token, long id, Object edit, String... headers) {
        return api.send("PATCH", "/api/incidents/" + id, token, edit, headers);
    }

    /** The envelopes of an incident's events, in their order, wherever they are on their way. */
    public List<JsonNode> events(long id) {
        return jdbc.sql("""
                select envelope from (
                    select 0 as place, position as number, envelope from event_log where topic = ? and key = ?
                    union all
                    select 1, id, envelope from outbox where topic = ? and key = ?) as everywhere
                order by place, number""")
                .param("incident-events")
                .param(String.valueOf(id))
                .param("incident-events")
                .param(String.valueOf(id))
                .query((row, _) -> JSON.readTree(row.getString(1)))
                .list();
    }

    /** Their types. */
    public List<String> eventTypes(long id) {
        return events(id).stream().map(event -> event.path("eventType").asString()).toList();
    }

    /** The newest one. */
    public JsonNode lastEvent(long id) {
        return events(id).getLast();
    }
}
