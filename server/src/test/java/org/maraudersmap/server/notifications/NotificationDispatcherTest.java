package org.maraudersmap.server.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.EventEnvelopeFactory;
import org.maraudersmap.eventlog.EventJson;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.eventlog.NewEvent;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.server.incidents.IncidentsOnTheMap;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.ProductTest;
import org.maraudersmap.server.support.SocketClient;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ProductTest
class NotificationDispatcherTest {
    private final Api api;
    private final JdbcClient jdbc;
    private final IncidentsOnTheMap map;
    private final EventLog log;
    private final EventEnvelopeFactory envelopes;
    private final NotificationDispatcher dispatcher;
    private final TransactionTemplate transactions;

    NotificationDispatcherTest(
            Api api,
            JdbcClient jdbc,
            EventLog log,
            EventEnvelopeFactory envelopes,
            NotificationDispatcher dispatcher,
            TransactionTemplate transactions) {
        this.api = api;
        this.jdbc = jdbc;
        this.map = new IncidentsOnTheMap(api, jdbc);
        this.log = log;
        this.envelopes = envelopes;
        this.dispatcher = dispatcher;
        this.transactions = transactions;
    }

    private List<String> messagesFor(Api.Session owner, long incident) {
        return api.get("/api/notifications?limit=200", owner.accessToken())
                .body()
                .path("notifications")
                .valueStream()
                .filter(each -> each.path("link").asString().equals("/incidents/" + incident))
                .map(each -> each.path("type").asString() + ": " + each.path("message").asString())
                .toList();
    }

    private void assign(long incident, Api.Session assignee, Api.Session actor) {
        var answer = api.send(
                "PUT",
                "/api/incidents/" + incident + "/assignee",
                actor.accessToken(),
                Map.of("userId", assignee.userId()));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private List<PositionedEvent> eventsOf(long incident) {
        return jdbc.sql("select position from event_log where topic = 'incident-events' and key = ? order by position")
                .param(String.valueOf(incident))
                .query((row, _) -> log.readAfter(row.getLong("position") - 1, 1).getFirst())
                .list();
    }

    private void handleAgain(List<PositionedEvent> events) {
        transactions.executeWithoutResult(_ -> dispatcher.handleEventsInOrder(events));
    }

    @Test
    void should_notify_the_new_assignee_and_aurors_but_nobody_of_what_he_did_himself() {
        var moody = map.auror();
        var incident = map.reported(map.student(), Map.of("title", "Fire", "severity", "CRITICAL"));
        assign(incident, map.prefect(), moody);
        assign(incident, moody, moody);
        var byMoody = map.reported(moody.accessToken(), Map.of("title", "Ashes", "severity", "UNFORGIVABLE"));
        map.patch(moody.accessToken(), incident, Map.of("severity", "MISCHIEF"));
        map.patch(map.prefect().accessToken(), incident, Map.of("severity", "UNFORGIVABLE"));

        await().untilAsserted(
                () -> assertThat(messagesFor(moody, incident)).containsExactly(
                        "escalation: Hermione Granger raised “Fire” to UNFORGIVABLE",
                        "escalation: Neville Longbottom reported “Fire” as CRITICAL"));
        assertThat(messagesFor(map.prefect(), incident))
                .containsExactly("assignment: Alastor Moody assigned you “Fire” (CRITICAL)");
        assertThat(messagesFor(moody, byMoody)).isEmpty();
        assertThat(messagesFor(api.loginAdmin(), incident)).as("an ADMIN is no AUROR").isEmpty();
    }

    @Test
    void should_notify_once_however_often_an_event_is_delivered() {
        var moody = map.auror();
        var incident = map.reported(map.student(), Map.of("title", "Once", "severity", "CRITICAL"));
        assign(incident, map.prefect(), moody);
        await().until(() -> messagesFor(map.prefect(), incident).size() == 1);
        var events = eventsOf(incident);
        assertThat(events).hasSize(2);
        var recorded = countOfNotificationEvents();

        handleAgain(events);
        handleAgain(events.reversed());
        handleAgain(List.of(events.getFirst(), events.getFirst()));

        assertThat(messagesFor(map.prefect(), incident)).hasSize(1);
        assertThat(messagesFor(moody, incident)).hasSize(1);
        assertThat(countOfNotificationEvents()).isEqualTo(recorded);
    }

    @Test
    void should_not_bring_a_dismissed_notification_back() {
        var hermione = map.prefect();
        var incident = map.reported(map.student());
        assign(incident, hermione, map.auror());
        await().until(() -> messagesFor(hermione, incident).size() == 1);
        var id = api.get("/api/notifications?limit=1", hermione.accessToken()).body().at("/notifications/0/id")
                .asString();
        assertThat(api.send("DELETE", "/api/notifications/" + id, hermione.accessToken(), null).status())
                .isEqualTo(204);

        handleAgain(eventsOf(incident));

        assertThat(messagesFor(hermione, incident)).isEmpty();
    }

    private record Mentioned(Api.Session owner, long incident, long comment) {}

    private Mentioned mentioned() {
        var owner = api.registerStudent();
        var author = api.registerStudent();
        var incident = map.reported(author.accessToken());
        var comment = api.post(
                "/api/incidents/" + incident + "/comments", author.accessToken(),
                Map.of("content", "Look, @" + owner.handle()));
        assertThat(comment.status()).as(comment.text()).isEqualTo(201);
        return new Mentioned(owner, incident, comment.body().path("id").asLong());
    }

    private void delete(Mentioned mentioned) {
        var path = "/api/incidents/" + mentioned.incident() + "/comments/" + mentioned.comment();
        assertThat(api.send("DELETE", path, map.auror().accessToken(), null).status()).isEqualTo(204);
    }

    private long unreadOf(Mentioned mentioned) {
        return api.get("/api/notifications/unread/count", mentioned.owner().accessToken())
                .body()
                .path("count")
                .asLong();
    }

    private List<String> eventTypesOf(Mentioned mentioned) {
        return jdbc.sql("""
                select event_type from event_log
                where topic = 'notification-events' and key = ? order by position""")
                .param(mentioned.owner().userId().toString())
                .query((row, _) -> row.getString(1))
                .list();
    }

    @Test
    void should_take_the_notifications_of_its_mentions_along_when_a_comment_is_deleted() {
        var mentioned = mentioned();
        await().until(() -> unreadOf(mentioned) == 1);
        try (var one = SocketClient.connectAs(api, mentioned.owner());
                var another = SocketClient.connectAs(api, mentioned.owner())) {
            delete(mentioned);

            for (var tab : List.of(one, another)) {
                assertThat(tab.await("notification:dismissed").payload().path("notificationId").asString())
                        .isNotEmpty();
            }
            assertThat(unreadOf(mentioned)).isZero();
        }
        handleAgain(eventsOf(mentioned.incident()));
        handleAgain(eventsOf(mentioned.incident()).reversed());
        assertThat(unreadOf(mentioned)).isZero();
        assertThat(eventTypesOf(mentioned)).containsExactly("notification.created", "notification.dismissed");
    }

    @Test
    void should_not_notify_of_a_comment_that_is_gone_when_it_is_handled_late() {
        var mentioned = mentioned();
        await().until(() -> unreadOf(mentioned) == 1);
        delete(mentioned);
        await().until(() -> unreadOf(mentioned) == 0);
        jdbc.sql("delete from notifications where user_id = ?").param(mentioned.owner().userId()).update();

        handleAgain(eventsOf(mentioned.incident()).reversed());

        assertThat(unreadOf(mentioned)).isZero();
    }

    @Test
    void should_keep_the_notifications_of_other_comments() {
        var mentioned = mentioned();
        var other = mentioned();
        await().until(() -> unreadOf(mentioned) == 1 && unreadOf(other) == 1);

        delete(mentioned);

        await().until(() -> unreadOf(mentioned) == 0);
        assertThat(unreadOf(other)).isEqualTo(1);
    }

    @Test
    void should_ignore_mentions_of_users_who_do_not_exist() {
        handleAgain(List.of(event(
                "comment.created",
                Map.of("commentId", 1, "incidentId", 1, "mentions", List.of(UUID.randomUUID())))));
    }

    @Test
    void should_let_the_events_of_an_owner_tell_the_same_as_his_list() throws Exception {
        var hermione = map.prefect();
        var moody = map.auror();
        var incidents = IntStream.range(0, 20).mapToObj(_ -> map.reported(moody.accessToken())).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var reading = threads.submit(() -> {
                for (var time = 0; time < 40; time++) {
                    api.send("PATCH", "/api/notifications/read-all", hermione.accessToken(), null);
                }
            });
            incidents.forEach(incident -> assign(incident, hermione, moody));
            reading.get();
        }
        await().untilAsserted(
                () -> assertThat(incidents).allMatch(incident -> messagesFor(hermione, incident).size() == 1));
        api.send("PATCH", "/api/notifications/read-all", hermione.accessToken(), null);

        // Nothing is left unread in the list; so for whoever follows the events, in their order.
        var unread = new LinkedHashSet<String>();
        await().untilAsserted(() -> {
            unread.clear();
            for (var event : jdbc.sql("""
                    select envelope from event_log where topic = 'notification-events' and key = ? order by position""")
                    .param(hermione.userId().toString())
                    .query((row, _) -> new EventJson().read(row.getString(1)))
                    .list()) {
                var ids = event.data().has("notificationIds")
                        ? event.data().path("notificationIds").valueStream().map(id -> id.asString()).toList()
                        : List.of(event.data().path("notificationId").asString());
                if (event.eventType().equals("notification.created")) {
                    unread.addAll(ids);
                } else {
                    unread.removeAll(ids);
                }
            }
            assertThat(unread).isEmpty();
        });
    }

    /** Measures and prints. Rolled back, so that nobody else hears of the five hundred. */
    @Test
    void should_notify_five_hundred_aurors_with_a_few_statements() {
        var event = event("incident.created", Map.of("id", -1, "title", "Everywhere", "severity", "UNFORGIVABLE"));
        transactions.executeWithoutResult(transaction -> {
            jdbc.sql("""
                    insert into users (email, handle, first_name, last_name, role, password_hash)
                    select 'auror' || n || '@ministry.example', 'auror' || n, 'Auror', 'No ' || n, 'AUROR', 'x'
                    from generate_series(1, 500) n""").update();
            var aurors = jdbc.sql("select count(*) from users where role = 'AUROR'").query(Long.class).single();
            var began = System.nanoTime();
            dispatcher.handleEventsInOrder(List.of(event));
            var taken = Duration.ofNanos(System.nanoTime() - began);
            System.out.printf("one escalation, %d AURORs: %d ms%n", aurors, taken.toMillis());

            assertThat(countOfNotificationsOf(event)).isEqualTo(aurors).isGreaterThan(500);
            assertThat(
                    jdbc.sql("select count(*) from outbox where envelope->'data'->>'link' = '/incidents/-1'")
                            .query(Long.class)
                            .single())
                    .isEqualTo(aurors);
            transaction.setRollbackOnly();
        });
        assertThat(countOfNotificationsOf(event)).isZero();
    }

    private PositionedEvent event(String type, Map<String, ?> data) {
        var envelope = envelopes.create(new NewEvent("incident-events", "1", type, null, data));
        return new PositionedEvent(1, "incident-events", "1", new EventJson().write(envelope), envelope);
    }

    private long countOfNotificationsOf(PositionedEvent event) {
        return jdbc.sql("select count(*) from notifications where event_id = ?")
                .param(event.event().eventId())
                .query(Long.class)
                .single();
    }

    private long countOfNotificationEvents() {
        return jdbc.sql("""
                select (select count(*) from event_log where topic = 'notification-events')
                     + (select count(*) from outbox where topic = 'notification-events')""").query(Long.class).single();
    }
}
