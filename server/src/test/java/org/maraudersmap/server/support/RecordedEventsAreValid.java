package org.maraudersmap.server.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.maraudersmap.eventlog.schemas.EventSchemas;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Fails a test class if any event in the database of its product, whoever recorded it, is not valid under the published
 * JSON Schema of its type. {@link ProductTest} brings it along.
 */
public final class RecordedEventsAreValid implements AfterAllCallback {
    private static final int MOST_ERRORS_SHOWN = 20;

    /** An event as a table has it. */
    private record Row(String place, String topic, String type, String envelope) {}

    @Override
    public void afterAll(ExtensionContext context) {
        var product = SpringExtension.getApplicationContext(context);
        var errors = findErrorsInDatabase(JdbcClient.create(product.getBean(DataSource.class)));
        assertThat(errors).as("events recorded under %s that break their schemas", context.getDisplayName()).isEmpty();
    }

    /** What is wrong with the events in outbox and log. */
    static List<String> findErrorsInDatabase(JdbcClient database) {
        var errors = new ArrayList<String>();
        // The outbox first: an event that moves to the log meanwhile is then seen twice, not never.
        for (var row : readEvents(database, "outbox", "id")) {
            addErrors(row, errors);
        }
        for (var row : readEvents(database, "event_log", "position")) {
            addErrors(row, errors);
        }
        return errors.size() <= MOST_ERRORS_SHOWN ? errors : errors.subList(0, MOST_ERRORS_SHOWN);
    }

    private static List<Row> readEvents(JdbcClient database, String table, String order) {
        return database
                .sql("select " + order + " as place, topic, event_type, envelope from " + table + " order by " + order)
                .query((row, _) -> new Row(
                        table + " " + row.getLong("place"),
                        row.getString("topic"),
                        row.getString("event_type"),
                        row.getString("envelope")))
                .list();
    }

    private static void addErrors(Row row, List<String> errors) {
        var start = row.place() + " " + row.type();
        if (!row.envelope().contains("\"eventType\":\"" + row.type() + "\"")) {
            errors.add(start + " column event_type disagrees with the envelope");
        }
        EventSchemas.findErrors(row.topic(), row.envelope()).forEach(error -> errors.add(start + " " + error));
    }
}
