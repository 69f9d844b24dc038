package org.maraudersmap.server.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.UserSnapshot;
import org.maraudersmap.server.presence.PresencePicture.Transition;
import org.maraudersmap.server.presence.PresenceTeller.CountsMessage;
import org.maraudersmap.server.realtime.Audience;

class PresenceTellerTest {
    private final PresencePicture picture = new PresencePicture();
    private final List<Told> told = new ArrayList<>();
    private final PresenceTeller teller = new PresenceTeller(
            (audience, except, event, payload) -> told.add(new Told(audience, except, event, payload)));
    private long now = System.nanoTime();

    private record Told(Audience audience, List<Audience.Room> except, String event, Object payload) {}

    private static UserSnapshot user(String name, String role) {
        return UserSnapshot.of(UUID.randomUUID(), name + "@hogwarts.edu", name, name, "Weasley", role);
    }

    private Optional<Long> tell(List<Transition> transitions, String... newcomers) {
        return teller.tell(transitions, picture.counts(), List.of(newcomers), now);
    }

    private List<Transition> arrivalOf(int number) {
        var transitions = new ArrayList<Transition>();
        for (var i = 0; i < number; i++) {
            transitions.addAll(picture.show(user("fred" + i, "STUDENT"), Set.of()));
        }
        return transitions;
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private List<CountsMessage> counts() {
        return told.stream()
                .filter(each -> each.event().equals("presence:counts"))
                .map(each -> (CountsMessage) each.payload())
                .toList();
    }

    private long toldOneByOne() {
        return told.stream().filter(each -> !each.event().equals("presence:counts")).count();
    }

    @Test
    void should_tell_everyone_but_the_user_himself() {
        var ginny = user("ginny", "PREFECT");

        var _ = tell(picture.show(ginny, Set.of("incident:7")));

        assertThat(told).filteredOn(each -> each.event().equals("presence:join"))
                .extracting(Told::audience)
                .containsExactly(new Audience.Everyone(), new Audience.Room("incident:7"));
        assertThat(told).filteredOn(each -> each.event().equals("presence:join"))
                .allMatch(each -> each.except().equals(List.of(Audience.user(ginny.id()))));
        assertThat(counts()).containsExactly(
                new CountsMessage(1, Map.of(
                        org.maraudersmap.server.platform.Role.STUDENT, 0,
                        org.maraudersmap.server.platform.Role.PREFECT, 1,
                        org.maraudersmap.server.platform.Role.AUROR, 0,
                        org.maraudersmap.server.platform.Role.ADMIN, 0), false));
    }

    @Test
    void should_tell_counts_at_most_twice_a_second_and_only_when_they_changed() {
        var _ = tell(arrivalOf(1));
        pass(Duration.ofMillis(100));
        var wait = tell(arrivalOf(1));
        assertThat(counts()).hasSize(1);
        assertThat(wait).contains(Duration.ofMillis(400).toNanos());

        pass(Duration.ofMillis(400));
        assertThat(tell(List.of())).isEmpty();
        assertThat(counts()).extracting(CountsMessage::total).containsExactly(1, 2);

        pass(Duration.ofSeconds(5));
        var _ = tell(List.of());
        assertThat(counts()).hasSize(2);
    }

    @Test
    void should_tell_a_newcomer_the_counts_at_once() {
        var _ = tell(arrivalOf(1));
        pass(Duration.ofMillis(10));
        var _ = tell(arrivalOf(1), "his-socket");

        assertThat(told.getLast().audience()).isEqualTo(Audience.client("his-socket"));
        assertThat(counts().getLast().total()).isEqualTo(2);
    }

    /** Else the newcomer would never hear that the one whom he saw is gone: to all others nothing has changed. */
    @Test
    void should_tell_the_counts_again_when_a_newcomer_was_told_others_meanwhile() {
        var _ = tell(arrivalOf(1));
        pass(Duration.ofMillis(10));
        var passerBy = user("percy", "PREFECT");
        var _ = tell(picture.show(passerBy, Set.of()), "his-socket");
        pass(Duration.ofMillis(10));
        var wait = tell(picture.hide(passerBy.id()));
        assertThat(wait).contains(Duration.ofMillis(480).toNanos());

        pass(Duration.ofMillis(480));
        var _ = tell(List.of());
        assertThat(told.getLast().audience()).isEqualTo(new Audience.Everyone());
        assertThat(counts()).extracting(CountsMessage::total).containsExactly(1, 2, 1);

        pass(Duration.ofSeconds(5));
        var _ = tell(List.of());
        assertThat(counts()).hasSize(3);
    }

    @Test
    void should_tell_nobody_one_by_one_while_a_great_many_come() {
        var _ = tell(arrivalOf(50));
        assertThat(toldOneByOne()).isEqualTo(50);

        pass(Duration.ofMillis(500));
        var wait = tell(arrivalOf(1));
        assertThat(toldOneByOne()).isEqualTo(50);
        assertThat(counts().getLast()).returns(true, CountsMessage::stale).returns(51, CountsMessage::total);
        assertThat(wait).isPresent();

        pass(Duration.ofMillis(501));
        var _ = tell(List.of());
        assertThat(counts().getLast().stale()).isFalse();
        pass(Duration.ofMillis(501));
        var _ = tell(arrivalOf(1));
        assertThat(toldOneByOne()).isEqualTo(51);
    }

    @Test
    void should_count_a_user_who_comes_and_goes_once() {
        var ron = user("ron", "STUDENT");
        for (var i = 0; i < 60; i++) {
            var _ = tell(picture.show(ron, Set.of()));
            var _ = tell(picture.hide(ron.id()));
        }
        assertThat(toldOneByOne()).isEqualTo(120);
    }
}
