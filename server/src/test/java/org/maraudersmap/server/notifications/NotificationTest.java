package org.maraudersmap.server.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.EventEnvelope;
import org.maraudersmap.server.incidents.IncidentsOnTheMap;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.Api.Answer;
import org.maraudersmap.server.support.ProductTest;
import org.maraudersmap.server.support.RecordedEvents;
import org.maraudersmap.server.support.SocketClient;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@ProductTest
class NotificationTest {
    private final Api api;
    private final RecordedEvents events;
    private final Api.Session owner;
    private final Api.Session author;
    private final long incident;

    NotificationTest(Api api, JdbcClient jdbc) {
        this.api = api;
        this.events = new RecordedEvents(jdbc, "notification-events");
        this.owner = api.registerStudent();
        this.author = api.registerStudent();
        this.incident = new IncidentsOnTheMap(api, jdbc).reported(author.accessToken());
    }

    /** Mentions the owner so often, and waits until he has been notified of all. */
    private List<JsonNode> notified(int times) {
        for (var time = 1; time <= times; time++) {
            api.post(
                    "/api/incidents/" + incident + "/comments",
                    author.accessToken(),
                    Map.of("content", time + " @" + owner.handle()));
        }
        await().until(() -> list("").path("notifications").size() == times);
        return List.copyOf(list("").path("notifications").values());
    }

    private Answer ask(String method, String path, Api.Session session) {
        return api.send(method, "/api/notifications" + path, session.accessToken(), null);
    }

    private JsonNode list(String query) {
        return ask("GET", query, owner).body();
    }

    private static String id(JsonNode notification) {
        return notification.path("id").asString();
    }

    private static List<String> ids(JsonNode page) {
        return page.path("notifications").valueStream().map(NotificationTest::id).toList();
    }

    private List<String> eventTypes() {
        return events.typesOfKey(owner.userId().toString());
    }

    private EventEnvelope lastEvent() {
        return events.last(owner.userId().toString());
    }

    @Test
    void should_notify_who_is_mentioned() {
        var notification = notified(1).getFirst();

        assertThat(List.copyOf(notification.propertyNames()))
                .containsExactly("id", "type", "message", "link", "createdAt", "isRead", "readAt");
        assertThat(notification.path("type").asString()).isEqualTo("mention");
        assertThat(notification.path("message").asString())
                .isEqualTo("Neville Longbottom mentioned you on #" + incident);
        assertThat(notification.path("link").asString()).matches("/incidents/" + incident + "#comment-\\d+");
        assertThat(notification.path("isRead").asBoolean()).isFalse();
        assertThat(notification.path("readAt").isNull()).isTrue();
        assertThat(ask("GET", "", author).body().path("notifications").size()).isZero();

        var event = lastEvent();
        assertThat(event.eventType()).isEqualTo("notification.created");
        assertThat(event.userId()).as("who caused it").isEqualTo(author.userId());
        assertThat(event.data().path("notificationId").asString()).isEqualTo(id(notification));
        assertThat(event.data().path("userId").asString()).isEqualTo(owner.userId().toString());
        for (var field : List.of("type", "message", "link", "createdAt")) {
            assertThat(event.data().path(field)).isEqualTo(notification.path(field));
        }
    }

    @Test
    void should_list_notifications_newest_first_in_pages() {
        var all = notified(5).stream().map(NotificationTest::id).toList();
        var answer = ask("GET", "?limit=2", owner);
        assertThat(answer.header("Log-Position")).isPresent();
        var first = answer.body();
        var second = list("?limit=2&cursor=" + first.path("nextCursor").asString());
        var third = list("?limit=2&cursor=" + second.path("nextCursor").asString());

        assertThat(ids(first)).isEqualTo(all.subList(0, 2));
        assertThat(ids(second)).isEqualTo(all.subList(2, 4));
        assertThat(ids(third)).isEqualTo(all.subList(4, 5));
        assertThat(third.path("nextCursor").isNull()).isTrue();
        assertThat(first.path("unreadCount").asLong()).isEqualTo(5);
        assertThat(events.ofKey(owner.userId().toString()))
                .extracting(event -> event.data().path("notificationId").asString())
                .as("newest first")
                .isEqualTo(all.reversed());
    }

    @Test
    void should_mark_a_notification_read_once() {
        var notifications = notified(2);
        var id = id(notifications.getFirst());

        var read = ask("PATCH", "/" + id + "/read", owner);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.body().path("isRead").asBoolean()).isTrue();
        assertThat(read.body().path("readAt").isString()).isTrue();
        assertThat(ask("PATCH", "/" + id + "/read", owner).body()).as("nothing changes").isEqualTo(read.body());

        assertThat(list("").path("notifications").get(0)).isEqualTo(read.body());
        assertThat(ids(list("?unread=true"))).containsExactly(id(notifications.get(1)));
        assertThat(list("").path("unreadCount").asLong()).isEqualTo(1);
        assertThat(ask("GET", "/unread/count", owner).body().path("count").asLong()).isEqualTo(1);
        assertThat(eventTypes()).containsExactly("notification.created", "notification.created", "notification.read");
        assertThat(lastEvent().data().path("notificationId").asString()).isEqualTo(id);
        assertThat(lastEvent().userId()).isEqualTo(owner.userId());
    }

    @Test
    void should_mark_all_read_in_one_event_that_names_them() {
        var notifications = notified(3);
        ask("PATCH", "/" + id(notifications.getFirst()) + "/read", owner);

        var answer = ask("PATCH", "/read-all", owner);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("count").asInt()).isEqualTo(2);
        assertThat(ask("GET", "/unread/count", owner).body().path("count").asLong()).isZero();
        assertThat(lastEvent().data().path("notificationIds").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrder(id(notifications.get(1)), id(notifications.get(2)));
        var recorded = eventTypes();
        assertThat(ask("PATCH", "/read-all", owner).body().path("count").asInt()).isZero();
        assertThat(eventTypes()).as("nothing was left to read").isEqualTo(recorded);
    }

    @Test
    void should_keep_a_notification_until_it_is_dismissed() {
        var notifications = notified(2);
        var id = id(notifications.getFirst());

        assertThat(ask("DELETE", "/" + id, owner).status()).isEqualTo(204);

        assertThat(ids(list(""))).containsExactly(id(notifications.get(1)));
        assertThat(list("").path("unreadCount").asLong()).isEqualTo(1);
        assertThat(ask("DELETE", "/" + id, owner).status()).isEqualTo(404);
        assertThat(ask("PATCH", "/" + id + "/read", owner).status()).isEqualTo(404);
        assertThat(lastEvent().eventType()).isEqualTo("notification.dismissed");
        assertThat(lastEvent().data().path("notificationId").asString()).isEqualTo(id);
        assertThat(ask("PATCH", "/read-all", owner).body().path("count").asInt()).isEqualTo(1);
    }

    @Test
    void should_hide_notifications_from_everybody_else_whatever_his_role() {
        var id = id(notified(1).getFirst());
        for (var other : List.of(author, api.loginAdmin(),
                api.login("alastor.moody@hogwarts.edu", "mischief-managed"))) {
            assertThat(ids(ask("GET", "?limit=200", other).body())).doesNotContain(id);
            for (var refused : List.of(
                    ask("PATCH", "/" + id + "/read", other),
                    ask("DELETE", "/" + id, other),
                    ask("DELETE", "/" + UUID.randomUUID(), other))) {
                assertThat(refused.status()).isEqualTo(404);
                assertThat(refused.code()).isEqualTo("NOT_FOUND");
            }
        }
        assertThat(list("").path("unreadCount").asLong()).isEqualTo(1);
        assertThat(notificationEventsSeenBy(api.loginAdmin(), id)).isEmpty();
        await().untilAsserted(() -> assertThat(notificationEventsSeenBy(owner, id)).hasSize(1));
    }

    /** All that {@code GET /api/events} shows somebody of a notification. */
    private List<JsonNode> notificationEventsSeenBy(Api.Session reader, String id) {
        var seen = new HashSet<JsonNode>();
        for (long next = 0, head = 1; next < head;) {
            var page = api.get("/api/events?after=" + next, reader.accessToken()).body();
            page.path("events").forEach(seen::add);
            next = page.path("next").asLong();
            head = page.path("head").asLong();
        }
        return seen.stream().filter(event -> event.at("/event/data/notificationId").asString("").equals(id)).toList();
    }

    @Test
    void should_tell_all_sockets_of_the_owner_and_nobody_else() {
        try (var one = SocketClient.connectAs(api, owner);
                var another = SocketClient.connectAs(api, owner);
                var foreign = SocketClient.connectAs(api, api.loginAdmin())) {
            var id = id(notified(1).getFirst());
            for (var socket : List.of(one, another)) {
                var heard = socket.await("notification:new");
                assertThat(heard.payload().path("id").asString()).isEqualTo(id);
                assertThat(List.copyOf(heard.payload().propertyNames()))
                        .containsExactlyInAnyOrder("id", "type", "message", "link", "createdAt");
                assertThat(heard.offset()).isNotEmpty();
            }

            var answer = one.ask("notification:mark_read", Map.of("notificationId", id));
            assertThat(answer.path("ok").asBoolean()).as(answer.toString()).isTrue();
            assertThat(answer.path("notificationId").asString()).isEqualTo(id);
            for (var socket : List.of(one, another)) {
                assertThat(socket.await("notification:read").payload().path("notificationId").asString())
                        .isEqualTo(id);
            }
            assertThat(list("").path("unreadCount").asLong()).isZero();

            ask("DELETE", "/" + id, owner);
            for (var socket : List.of(one, another)) {
                assertThat(socket.await("notification:dismissed").payload().path("notificationId").asString())
                        .isEqualTo(id);
            }
            var fence = api.post("/api/incidents", author.accessToken(), Map.of("title", "A fence")).body();
            foreign.await("incident:created", payload -> payload.path("incident").equals(fence));
            assertThat(foreign.heard()).noneMatch(message -> message.event().startsWith("notification:")
                    && message.payload().toString().contains(id));
        }
    }

    @Test
    void should_refuse_to_mark_read_over_a_socket_what_is_no_notification_of_the_client() {
        var id = id(notified(1).getFirst());
        try (var foreign = SocketClient.connectAs(api, author)) {
            assertThat(foreign.ask("notification:mark_read", Map.of("notificationId", id)).path("code").asString())
                    .isEqualTo("NOT_FOUND");
            for (var malformed : List.of(Map.<String, Object>of(), Map.of("notificationId", 42),
                    Map.of("notificationId", "x"))) {
                assertThat(foreign.ask("notification:mark_read", malformed).path("code").asString())
                        .isEqualTo("VALIDATION_FAILED");
            }
        }
        assertThat(list("").path("unreadCount").asLong()).isEqualTo(1);
    }
}
