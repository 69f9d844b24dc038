package org.maraudersmap.e2e.equivalence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.EventLogReader;
import org.maraudersmap.e2e.harness.EventLogReader.Stretch;
import org.maraudersmap.e2e.harness.Session;

/**
 * Compares all clients with fresh snapshots at the end of a round. It is there from the beginning of the round, for
 * there are clients who miss something in it on purpose: with them it must find fault.
 */
final class Comparison {
    private static final int PAGE = 200;

    private final Stage stage;
    private final Api api;
    private final Findings findings;
    private final Session deafUser;
    private final Deaf deaf = new Deaf(LogEvents.SHOWN);
    private final long start;

    Comparison(Stage stage, Findings findings, Session deafUser) {
        this.stage = stage;
        this.api = stage.api();
        this.findings = findings;
        this.deafUser = deafUser;
        var snapshot = Snapshot.of(stage.everything(), api, deafUser, PAGE);
        this.deaf.startFrom(snapshot.screen());
        this.start = snapshot.position();
    }

    /** Nobody may do anything any more. */
    void compare(List<Session> users, Collection<LogFollower> logFollowers, Collection<SocketFollower> sockets) {
        var link = mentionEverybody();
        for (var user : users) {
            compareUser(
                    user,
                    link,
                    logFollowers.stream().filter(follower -> follower.user().equals(user)).toList(),
                    sockets.stream().filter(socket -> socket.user().equals(user)).toList());
        }
        sockets.forEach(this::comparePresence);
        comparePresenceInLog();
    }

    /** Notifications are made in the order of the log: whoever has this one has all that came before. */
    private String mentionEverybody() {
        var incident = api.report(stage.admin(), "The end of a round").path("id").asLong();
        stage.addIncident(incident);
        var handles = stage.cast().stream().map(user -> "@" + user.handle()).toList();
        var comment = api.comment(stage.admin(), incident, String.join(" ", handles)).path("id").asLong();
        return "/incidents/" + incident + "#comment-" + comment;
    }

    private void compareUser(
            Session user, String link, List<LogFollower> logFollowers, List<SocketFollower> sockets) {
        var from = Math.min(start, logFollowers.stream().mapToLong(LogFollower::position).min().orElse(start));
        var news = readUntilNotified(user, from, link);
        findings.addTypesOf(news.entries());
        var fresh = Snapshot.of(stage.everything(), api, user, PAGE);
        assertThat(fresh.unreadCount()).as("unread of %s", user.handle()).isEqualTo(fresh.screen().countUnread());
        var differences = new HashMap<String, List<String>>();
        logFollowers.forEach(follower -> compareFollower(follower, news, fresh.screen(), differences));
        sockets.forEach(socket -> compareSocket(socket, link, fresh.screen(), differences));
        assertThat(differences).as("differences from what is shown afresh").isEmpty();
        if (user.equals(deafUser)) {
            compareDeaf(news, fresh.screen());
        }
    }

    private Stretch readUntilNotified(Session user, long after, String link) {
        var reader = new EventLogReader(api, user);
        return waiting("the last notification of " + user.handle())
                .until(
                        () -> reader.readAllAfter(after),
                        news -> news.entries().stream().anyMatch(
                                entry -> entry.data().path("link").asString("").equals(link)));
    }

    private void compareFollower(
            LogFollower follower, Stretch news, Screen fresh, Map<String, List<String>> differences) {
        var who = follower.toString();
        var part = follower.part();
        var found = new ArrayList<>(follower.follow(news));
        found.addAll(Differences.between(follower.screen().look(part), fresh.look(part)));
        note(differences, who, found);
    }

    private void compareSocket(
            SocketFollower socket, String link, Screen fresh, Map<String, List<String>> differences) {
        waiting("the last notification on " + socket).until(() -> socket.showsNotification(link));
        var shown = socket.shown();
        var found = Differences.between(shown.screen().look(shown.part()), fresh.look(shown.part()));
        note(differences, socket + " with " + shown.part(), found);
        findings.addMissed(socket.findMissed(fresh));
    }

    private void note(Map<String, List<String>> differences, String who, List<String> found) {
        findings.countComparison();
        if (!found.isEmpty()) {
            differences.put(who, found);
        }
    }

    private void compareDeaf(Stretch news, Screen fresh) {
        var events = LogEvents.withEveryThread(deafUser);
        for (var entry : news.entries()) {
            if (entry.position() > start) {
                deaf.hear(entry.type(), screen -> events.apply(entry, screen));
            }
        }
        findings.addMissed(deaf.findMissed(stage.everything(), fresh.look(stage.everything())));
    }

    /** Nothing moves any more, but the last movements may still be on their way. */
    private void comparePresence(SocketFollower socket) {
        var fresh = new PresenceBoard(api, socket.user());
        waiting("presence of " + socket).untilAsserted(() -> {
            fresh.ask(socket.incident());
            assertThat(socket.presence()).isEqualTo(fresh.look());
        });
    }

    private void comparePresenceInLog() {
        var fresh = new PresenceBoard(api, stage.admin());
        waiting("presence in the log").untilAsserted(() -> {
            findings.readLog(new EventLogReader(api, stage.admin()));
            for (var incident : stage.recentIncidents()) {
                fresh.ask(incident);
                assertThat(findings.presence().online()).as("online").isEqualTo(fresh.look().online());
                assertThat(findings.presence().viewers(incident)).as("viewers of incident %s", incident)
                        .isEqualTo(fresh.look().viewers());
            }
        });
    }

    private static ConditionFactory waiting(String what) {
        return await(what).atMost(Duration.ofSeconds(15))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20));
    }
}
