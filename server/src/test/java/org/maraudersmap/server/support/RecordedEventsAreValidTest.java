package org.maraudersmap.server.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.maraudersmap.eventlog.EventEnvelopeFactory;
import org.maraudersmap.eventlog.EventJson;
import org.maraudersmap.eventlog.NewEvent;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** Proves that the check can fail. */
class RecordedEventsAreValidTest {
    private final TestDatabase database = new TestDatabase();
    private final EventEnvelopeFactory envelopes = new EventEnvelopeFactory(
            new EventJson(), Clock.systemUTC(), Optional::empty);

    @ProductTest
    private static final class AnyProductTest {}

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    private void insertIntoOutbox(String topic, String type, Object data) {
        var envelope = envelopes.serialize(new NewEvent(topic, "42", type, null, data));
        database.jdbc()
                .sql("insert into outbox (event_id, topic, key, event_type, envelope) values (?, ?, '42', ?, ?::json)")
                .param(envelope.eventId())
                .param(topic)
                .param(type)
                .param(envelope.json())
                .update();
    }

    private void insertIntoLog(String topic, String type, Object data) {
        insertIntoOutbox(topic, type, data);
        database.jdbc()
                .sql("""
                        with moved as (delete from outbox returning *)
                        insert into event_log (position, event_id, topic, key, event_type, envelope)
                        select coalesce((select max(position) from event_log), 0) + 1, event_id, topic, key, event_type, envelope
                        from moved""")
                .update();
    }

    @Test
    void should_accept_valid_events() {
        insertIntoLog("auth-events", "user.login_failed", Map.of("email", "a@b.org", "reason", "BAD_CREDENTIALS"));
        insertIntoOutbox("auth-events", "token.refreshed", Map.of("userId", UUID.randomUUID()));

        assertThat(RecordedEventsAreValid.findErrorsInDatabase(database.jdbc())).isEmpty();
    }

    @Test
    void should_find_what_is_wrong_in_the_log() {
        insertIntoLog("auth-events", "user.login_failed", Map.of("email", "a@b.org"));

        assertThat(RecordedEventsAreValid.findErrorsInDatabase(database.jdbc())).singleElement().asString()
                .startsWith("event_log 1 user.login_failed /data: ").contains("reason");
    }

    @Test
    void should_find_what_is_wrong_in_the_outbox() {
        insertIntoOutbox("auth-events", "token.refreshed", Map.of("userId", 42));

        assertThat(RecordedEventsAreValid.findErrorsInDatabase(database.jdbc())).isNotEmpty()
                .allMatch(error -> error.startsWith("outbox 1 token.refreshed /data/userId: "));
    }

    @Test
    void should_find_types_without_schema_and_wrong_topics() {
        insertIntoLog("incident-events", "owl.lost", Map.of());
        insertIntoLog("incident-events", "token.refreshed", Map.of("userId", UUID.randomUUID()));

        assertThat(RecordedEventsAreValid.findErrorsInDatabase(database.jdbc())).hasSize(2)
                .anyMatch(error -> error.contains("owl.lost.json"))
                .anyMatch(error -> error.contains("belongs to auth-events"));
    }

    @Test
    void should_come_with_every_product_test() {
        var extensions = AnnotatedElementUtils.findMergedRepeatableAnnotations(
                AnyProductTest.class, ExtendWith.class);

        assertThat(extensions).anySatisfy(
                extension -> assertThat(extension.value()).contains(RecordedEventsAreValid.class));
    }
}
