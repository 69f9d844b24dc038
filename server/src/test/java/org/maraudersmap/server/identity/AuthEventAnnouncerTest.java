package org.maraudersmap.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.EventEnvelope;
import org.maraudersmap.eventlog.EventJson;
import org.maraudersmap.eventlog.EventMetadata;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.eventlog.UserSnapshot;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.Role;

class AuthEventAnnouncerTest {
    private final AuthEventAnnouncer announcer = new AuthEventAnnouncer();

    private static Actor actor(UUID id, Role role) {
        return new Actor(
                UserSnapshot.of(id, "a@b.c", "a", "A", "B", role.name()), role, UUID.randomUUID(), Instant.MAX);
    }

    @Test
    void should_show_auth_events_to_their_user_and_to_an_admin() {
        var user = UUID.randomUUID();
        var json = new EventJson();
        var envelope = new EventEnvelope(
                UUID.randomUUID(),
                "user.login_failed",
                Instant.EPOCH,
                EventEnvelope.SOURCE,
                null,
                new EventMetadata(null, "1.0", null),
                json.toTree(Map.of("userId", user)));
        var event = new PositionedEvent(1, "auth-events", user.toString(), json.write(envelope), envelope);

        assertThat(announcer.mayActorSeeEvent(actor(user, Role.STUDENT), event)).isTrue();
        assertThat(announcer.mayActorSeeEvent(actor(UUID.randomUUID(), Role.AUROR), event)).isFalse();
        assertThat(announcer.mayActorSeeEvent(actor(UUID.randomUUID(), Role.ADMIN), event)).isTrue();
        assertThat(announcer.announceEventToSockets(event)).isEmpty();
        assertThat(announcer.announcedEventTypes()).contains("user.login_failed").hasSize(7);
    }
}
