package org.maraudersmap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.harness.Session;
import org.maraudersmap.e2e.socket.SocketClient;
import org.maraudersmap.e2e.socket.SocketClients;
import org.maraudersmap.e2e.socket.SocketEvent;
import tools.jackson.databind.JsonNode;

/** The specification's "Push Notifications": assigned, escalated, kept until dismissed, the same on all tabs. */
@OnSharedProduct
class NotificationIT {
    private final Api api;
    private final Session student;
    private final SocketClients clients;

    NotificationIT(Product product) {
        this.api = product.api();
        this.student = api.sessionOf(DemoUser.HARRY);
        this.clients = SocketClients.of(product);
    }

    @AfterEach
    void endClients() {
        clients.close();
    }

    @Test
    void should_notify_assignee_with_title_and_severity() {
        var draco = api.sessionOf(DemoUser.DRACO);
        var socket = connect(draco);
        var incident = report("Cursed necklace", "SERIOUS");

        assign(incident, draco, api.sessionOf(DemoUser.HERMIONE));

        var payload = awaitLinkTo(socket, incident).payload();
        assertThat(payload.path("type").asString()).isEqualTo("assignment");
        assertThat(payload.path("message").asString())
                .isEqualTo("Hermione Granger assigned you “Cursed necklace” (SERIOUS)");
        assertThat(payload.path("link").asString()).isEqualTo("/incidents/" + incident);
    }

    @Test
    void should_keep_notification_for_offline_user_until_next_login() {
        var incident = report("Assigned by night", "MISCHIEF");
        assign(incident, api.sessionOf(DemoUser.DRACO), api.sessionOf(DemoUser.HERMIONE));

        var draco = api.sessionOf(DemoUser.DRACO);

        var notification = await("kept").until(() -> findLinkTo(draco, incident), Optional::isPresent).orElseThrow();
        assertThat(notification.path("isRead").asBoolean()).isFalse();
        var unread = api.get("/api/notifications?unread=true&limit=200", draco.accessToken()).expect(200).body();
        assertThat(unread.path("notifications").values()).contains(notification);
        assertThat(unread.path("unreadCount").asInt()).isPositive();
    }

    @Test
    void should_notify_aurors_when_severity_reaches_critical() {
        var moody = api.sessionOf(DemoUser.MOODY);
        var socket = connect(moody);
        var reported = report("A dragon in the hall", "CRITICAL");
        var raised = report("It was only smoke at first", "MISCHIEF");
        api.edit(student, raised, "severity", "UNFORGIVABLE");

        for (var incident : List.of(reported, raised)) {
            var payload = awaitLinkTo(socket, incident).payload();
            assertThat(payload.path("type").asString()).isEqualTo("escalation");
        }
        assertThat(findLinkTo(moody, raised).orElseThrow().path("message").asString())
                .isEqualTo("Harry Potter raised “It was only smoke at first” to UNFORGIVABLE");
    }

    @Test
    void should_notify_nobody_of_what_he_did_himself() {
        var moody = api.sessionOf(DemoUser.MOODY);
        var socket = connect(moody);
        var own = api.post(
                "/api/incidents",
                moody.accessToken(),
                Map.of("title", "Seen by himself", "severity", "CRITICAL")).expect(201).body().path("id").asLong();
        assign(own, moody, moody);

        // Hears of it like the others, and gets no notification.
        socket.awaitEvent(
                "escalation:critical", payload -> payload.path("incidentId").asString().equals("" + own));
        awaitLinkTo(socket, report("A later one", "CRITICAL"));
        assertThat(socket.events("notification:new"))
                .noneMatch(event -> event.payload().path("link").asString().equals("/incidents/" + own));
        assertThat(findLinkTo(moody, own)).isEmpty();
    }

    @Test
    void should_persist_notification_until_dismissed() {
        var owner = api.registerStudent();
        var id = mention(owner);

        api.send("PATCH", "/api/notifications/" + id + "/read", owner.accessToken(), null).expect(200);
        assertThat(api.notifications(owner)).extracting(each -> each.path("id").asString()).containsExactly(id);
        api.send("DELETE", "/api/notifications/" + id, owner.accessToken(), null).expect(204);
        assertThat(api.notifications(owner)).isEmpty();
    }

    @Test
    void should_mirror_read_and_dismissed_to_other_tabs() {
        var owner = api.registerStudent();
        var first = mention(owner);
        var second = mention(owner);
        var third = mention(owner);
        var tabs = List.of(connect(owner), connect(owner));

        var answer = tabs.getFirst().emit("notification:mark_read", Map.of("notificationId", first));
        assertThat(answer.path("ok").asBoolean()).as("acknowledged %s", answer).isTrue();
        assertThat(api.send("PATCH", "/api/notifications/read-all", owner.accessToken(), null)
                .expect(200)
                .body()
                .path("count")
                .asInt()).isEqualTo(2);
        api.send("DELETE", "/api/notifications/" + second, owner.accessToken(), null).expect(204);

        for (var tab : tabs) {
            var dismissed = tab.awaitEvent("notification:dismissed");
            assertThat(dismissed.payload().path("notificationId").asString()).isEqualTo(second);
            assertThat(dismissed.offset()).isPresent();
            var read = tab.events("notification:read").stream().map(SocketEvent::payload).toList();
            assertThat(read).hasSize(2);
            assertThat(read.getFirst().path("notificationId").asString()).isEqualTo(first);
            assertThat(read.getLast().path("notificationIds").values()).extracting(JsonNode::asString)
                    .containsExactlyInAnyOrder(second, third);
        }
        assertThat(api.get("/api/notifications/unread/count", owner.accessToken()).expect(200).body().path("count")
                .asInt()).isZero();
    }

    @Test
    void should_refuse_to_mark_read_what_is_not_there_or_not_ones_own() {
        var owner = api.registerStudent();
        var id = mention(owner);
        var foreign = connect(student);

        for (var other : List.of(id, UUID.randomUUID().toString())) {
            var answer = foreign.emit("notification:mark_read", Map.of("notificationId", other));
            assertThat(answer.path("ok").asBoolean()).isFalse();
            assertThat(answer.path("code").asString()).isEqualTo("NOT_FOUND");
        }
        assertThat(foreign.emit("notification:mark_read").path("code").asString()).isEqualTo("VALIDATION_FAILED");
        assertThat(api.notifications(owner).getFirst().path("isRead").asBoolean()).isFalse();
    }

    private SocketClient connect(Session user) {
        return clients.connect(user.accessToken()).awaitWelcome();
    }

    private long report(String title, String severity) {
        return api.post("/api/incidents", student.accessToken(), Map.of("title", title, "severity", severity))
                .expect(201)
                .body()
                .path("id")
                .asLong();
    }

    private void assign(long incident, Session assignee, Session actor) {
        api.send(
                "PUT",
                "/api/incidents/" + incident + "/assignee",
                actor.accessToken(),
                Map.of("userId", assignee.userId())).expect(200);
    }

    /** Mentions somebody and waits until he has been notified: the notification's id. */
    private String mention(Session owner) {
        var before = api.notifications(owner).size();
        api.comment(student, report("Talked about", "MISCHIEF"), "@" + owner.handle());
        await("a mention").until(() -> api.notifications(owner).size() == before + 1);
        return api.notifications(owner).getFirst().path("id").asString();
    }

    private static SocketEvent awaitLinkTo(SocketClient socket, long incident) {
        return socket.awaitEvent(
                "notification:new", payload -> payload.path("link").asString().equals("/incidents/" + incident));
    }

    private Optional<JsonNode> findLinkTo(Session owner, long incident) {
        return api.notifications(owner)
                .stream()
                .filter(each -> each.path("link").asString().equals("/incidents/" + incident))
                .findFirst();
    }
}
