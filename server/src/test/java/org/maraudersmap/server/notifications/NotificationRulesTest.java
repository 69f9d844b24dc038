package org.maraudersmap.server.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maraudersmap.eventlog.EventEnvelope;
import org.maraudersmap.eventlog.EventEnvelopeFactory;
import org.maraudersmap.eventlog.EventJson;
import org.maraudersmap.eventlog.NewEvent;
import org.maraudersmap.eventlog.UserSnapshot;

class NotificationRulesTest {
    private static final UUID HARRY = UUID.randomUUID();
    private static final UUID MOODY = UUID.randomUUID();
    private static final UUID TONKS = UUID.randomUUID();

    private final NotificationRules rules = new NotificationRules();
    private final UserSnapshot hermione = UserSnapshot.of(
            UUID.randomUUID(), "hermione@hogwarts.edu", "hermione", "Hermione", "Granger", "PREFECT");

    private EventEnvelope event(String type, @Nullable UserSnapshot actor, Map<String, ?> data) {
        return new EventEnvelopeFactory(new EventJson(), Clock.systemUTC(), Optional::empty)
                .create(new NewEvent("incident-events", "42", type, actor, data));
    }

    private List<Notice> noticesOf(String type, Map<String, ?> data) {
        return rules.planNoticesOfEvent(event(type, hermione, data), List.of(MOODY, TONKS));
    }

    private static Map<String, Object> incident(String severity) {
        return Map.of("id", 42, "title", "Troll in the dungeons", "severity", severity);
    }

    private static Map<String, Object> comment(UUID... mentions) {
        return Map.of("commentId", 7, "incidentId", 42, "content", "…", "mentions", Arrays.asList(mentions));
    }

    private static Map<String, Object> assignment(@Nullable UUID assignee) {
        var data = new HashMap<String, Object>(Map.of("incidentId", 42, "incident", incident("SERIOUS")));
        data.put("assignedTo", assignee);
        return data;
    }

    private static Map<String, Object> edit(String from, String to) {
        return Map.of("id", 42, "previousValues", Map.of("severity", from), "incident", incident(to));
    }

    @Test
    void should_notify_who_is_mentioned_but_not_the_author_himself() {
        var notices = noticesOf("comment.created", comment(HARRY, hermione.id(), MOODY));
        assertThat(notices).extracting(Notice::userId).containsExactly(HARRY, MOODY);
        assertThat(notices).allSatisfy(notice -> {
            assertThat(notice.type()).isEqualTo(NotificationType.MENTION);
            assertThat(notice.message()).isEqualTo("Hermione Granger mentioned you on #42");
            assertThat(notice.link()).isEqualTo("/incidents/42#comment-7");
            assertThat(notice.causedBy()).isEqualTo(hermione);
        });
    }

    @Test
    void should_notify_nobody_of_a_comment_without_mentions() {
        assertThat(noticesOf("comment.created", comment())).isEmpty();
        assertThat(noticesOf("comment.created", Map.of("commentId", 7, "incidentId", 42))).isEmpty();
    }

    @Test
    void should_notify_the_new_assignee_with_title_and_severity() {
        assertThat(noticesOf("incident.assigned", assignment(MOODY))).singleElement().satisfies(notice -> {
            assertThat(notice.userId()).isEqualTo(MOODY);
            assertThat(notice.type()).isEqualTo(NotificationType.ASSIGNMENT);
            assertThat(notice.message()).isEqualTo("Hermione Granger assigned you “Troll in the dungeons” (SERIOUS)");
            assertThat(notice.link()).isEqualTo("/incidents/42");
        });
        assertThat(noticesOf("incident.assigned", assignment(null))).isEmpty();
        assertThat(noticesOf("incident.assigned", assignment(hermione.id()))).as("of what he did himself").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"CRITICAL", "UNFORGIVABLE"})
    void should_notify_every_auror_of_what_is_reported_as_urgent(String severity) {
        var notices = noticesOf("incident.created", incident(severity));
        assertThat(notices).extracting(Notice::userId).containsExactly(MOODY, TONKS);
        assertThat(notices).extracting(Notice::message)
                .containsOnly("Hermione Granger reported “Troll in the dungeons” as " + severity);
        assertThat(noticesOf("incident.created", incident("DANGEROUS"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"DANGEROUS,CRITICAL,true", "MISCHIEF,UNFORGIVABLE,true", "CRITICAL,UNFORGIVABLE,false",
            "UNFORGIVABLE,CRITICAL,false", "CRITICAL,DANGEROUS,false", "MISCHIEF,DANGEROUS,false"})
    void should_notify_every_auror_only_when_severity_rises_to_urgent_from_below(
            String from, String to, boolean isEscalation) {
        var notices = noticesOf("incident.updated", edit(from, to));
        assertThat(notices).extracting(Notice::userId)
                .isEqualTo(isEscalation ? List.of(MOODY, TONKS) : List.of());
        assertThat(notices).allSatisfy(
                notice -> assertThat(notice.message())
                        .isEqualTo("Hermione Granger raised “Troll in the dungeons” to " + to));
    }

    @Test
    void should_not_notify_the_auror_who_escalated_it_himself() {
        var moody = UserSnapshot.of(MOODY, "moody@hogwarts.edu", "moody", "Alastor", "Moody", "AUROR");
        var notices = rules.planNoticesOfEvent(
                event("incident.created", moody, incident("CRITICAL")), List.of(MOODY, TONKS));
        assertThat(notices).extracting(Notice::userId).containsExactly(TONKS);
    }

    @Test
    void should_notify_nobody_of_an_urgent_incident_that_is_edited_otherwise() {
        var data = Map.of("id", 42, "previousValues", Map.of("title", "x"), "incident", incident("CRITICAL"));
        assertThat(noticesOf("incident.updated", data)).isEmpty();
        assertThat(noticesOf("incident.resolved", Map.of("incident", incident("CRITICAL")))).isEmpty();
    }
}
