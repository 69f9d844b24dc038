package org.maraudersmap.e2e.equivalence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.core.ThrowingRunnable;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.EventLogReader;
import org.maraudersmap.e2e.harness.EventLogReader.Stretch;
import org.maraudersmap.e2e.harness.Session;
import org.maraudersmap.e2e.socket.SocketClients;

/**
 * One sequence of commands. It is played in rounds; clients come in the midst of a round, and at its end all of them
 * are
 * compared with fresh snapshots.
 */
final class Performance implements AutoCloseable {
    private static final int ROUNDS = 6;
    private static final int DEEDS = 8;
    private static final int WATCHERS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final List<String> TRANSPORTS = List.of("websocket", "polling");

    private final Api api;
    private final Findings findings;
    private final SocketClients clients;
    private final Stage stage;
    private final Random random;
    private final List<Player> players = new ArrayList<>();
    private final Queue<Follower> logFollowers = new ConcurrentLinkedQueue<>();
    private final Queue<Watcher> sockets = new ConcurrentLinkedQueue<>();
    private final Deaf deaf = new Deaf(LogEvents.SHOWN);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** A client without a socket, and whose it is. */
    private record Follower(Session user, LogFollower client) {}

    /** A client with a socket, and whose it is. */
    private record Watcher(Session user, SocketFollower client) {}

    Performance(Api api, SocketClients clients, long seed, Findings findings) {
        this.api = api;
        this.findings = findings;
        this.clients = clients;
        this.random = new Random(seed);
        this.stage = new Stage(api);
        for (var user : stage.cast()) {
            players.add(new Player(stage, user, clients, new Random(random.nextLong())));
        }
    }

    void play() throws Exception {
        new Prologue(api, stage.cast().getLast()).play();
        for (var i = 0; i < WATCHERS; i++) {
            connect(stage.cast().get(i), TRANSPORTS.get(i % 2), random.nextLong());
        }
        for (var round = 0; round < ROUNDS; round++) {
            playRound(stage.cast().get(round % WATCHERS));
        }
        sockets.forEach(watcher -> findings.addReturns(watcher.client().recoveries(), watcher.client().returns()));
    }

    private void playRound(Session deafUser) throws Exception {
        var start = snapshot(stage.everything(), deafUser, 50);
        deaf.startFrom(start.screen());
        var toCome = new CountDownLatch(players.size() * DEEDS);
        var all = new ArrayList<Future<?>>();
        for (var player : players) {
            all.add(start(() -> act(player, toCome)));
        }
        var chance = new Random(random.nextLong());
        all.add(start(() -> glanceUntilNothingComes(chance, toCome)));
        for (var moment : moments()) {
            all.add(start(() -> {
                await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> toCome.getCount() <= moment.deedsLeft());
                moment.action().run();
                return null;
            }));
        }
        for (var each : all) {
            waitFor(each);
        }
        compare(deafUser, start.position());
    }

    private static void waitFor(Future<?> task) throws Exception {
        try {
            task.get();
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof Exception cause ? cause : failure;
        }
    }

    private Future<?> start(Callable<?> task) {
        return threads.submit(task);
    }

    private static Object act(Player player, CountDownLatch toCome) {
        for (var i = 0; i < DEEDS; i++) {
            try {
                player.act();
            } finally {
                toCome.countDown();
            }
        }
        return player;
    }

    /** Something that happens when so many deeds are still to come. */
    private record Moment(int deedsLeft, Runnable action) {}

    private List<Moment> moments() {
        var moments = new ArrayList<Moment>();
        for (var user : watchers()) {
            var pageSize = 1 + random.nextInt(20);
            moments.add(new Moment(anyMoment(), () -> follow(stage.everything(), user, pageSize)));
        }
        var newcomer = random.nextInt(WATCHERS);
        var seed = random.nextLong();
        moments.add(
                new Moment(
                        anyMoment(), () -> connect(stage.cast().get(newcomer), TRANSPORTS.get(newcomer % 2), seed)));
        for (var watcher : sockets) {
            if (random.nextBoolean()) {
                moments.add(new Moment(anyMoment(), watcher.client()::moveSoon));
            }
            if (random.nextBoolean()) {
                moments.add(new Moment(anyMoment(), watcher.client()::goAwaySoon));
            }
        }
        return moments;
    }

    private int anyMoment() {
        return random.nextInt(players.size() * DEEDS);
    }

    private List<Session> watchers() {
        return stage.cast().subList(0, WATCHERS);
    }

    private void connect(Session user, String transport, long seed) {
        sockets.add(new Watcher(user, new SocketFollower(stage, user, clients, transport, new Random(seed))));
    }

    private void follow(Part part, Session user, int pageSize) {
        logFollowers.add(
                new Follower(user, new LogFollower(part, snapshot(part, user, pageSize), new LogEvents(user))));
    }

    private Snapshot snapshot(Part part, Session user, int pageSize) {
        return Snapshot.of(part, api, user, pageSize);
    }

    /**
     * Every answer promises a position of its own: many small ones are looked at, so that none is promised too much.
     */
    private Object glanceUntilNothingComes(Random chance, CountDownLatch toCome) {
        while (toCome.getCount() > 0) {
            var user = watchers().get(chance.nextInt(WATCHERS));
            var incident = stage.anyIncident(chance);
            var part = switch (chance.nextInt(4)) {
                case 0 -> new Part.Incidents();
                case 1 -> new Part.OneIncident(incident);
                case 2 -> new Part.OneThread(incident);
                default -> new Part.Notifications();
            };
            follow(part, user, chance.nextBoolean() ? 200 : 1 + chance.nextInt(50));
        }
        return toCome;
    }

    // The end of a round

    private void compare(Session deafUser, long start) {
        var link = mentionEverybody();
        for (var user : watchers()) {
            compareForUser(user, start, link, user.equals(deafUser));
        }
        for (var watcher : sockets) {
            comparePresence(watcher);
        }
        comparePresenceInLog();
        logFollowers.removeIf(follower -> !(follower.client().part() instanceof Part.Everything));
    }

    /** Notifications are made in the order of the log: whoever has this one has all that came before. */
    private String mentionEverybody() {
        var incident = api.report(stage.admin(), "The end of a round").path("id").asLong();
        stage.addIncident(incident);
        var handles = stage.cast().stream().map(user -> "@" + user.handle()).toList();
        var comment = api.comment(stage.admin(), incident, String.join(" ", handles)).path("id").asLong();
        return "/incidents/" + incident + "#comment-" + comment;
    }

    private void compareForUser(Session user, long start, String link, boolean isDeaf) {
        var theirs = logFollowers.stream().filter(each -> each.user().equals(user)).map(Follower::client).toList();
        var from = Math.min(start, theirs.stream().mapToLong(LogFollower::position).min().orElse(start));
        var news = readUntilNotified(user, from, link);
        findings.addTypesOf(news.entries());
        var fresh = snapshot(stage.everything(), user, 200);
        assertThat(fresh.unreadCount()).as("unread of %s", user.handle()).isEqualTo(fresh.screen().countUnread());
        var differences = new HashMap<String, List<String>>();
        for (var follower : theirs) {
            var began = follower.position();
            var found = new ArrayList<>(follower.follow(news));
            found.addAll(
                    Differences.between(
                            follower.screen().look(follower.part()),
                            fresh.screen().look(follower.part())));
            note(differences, follower + " since " + began, found);
            findings.countComparison();
        }
        if (isDeaf) {
            hearWithDeafEars(user, news, start, fresh.screen());
        }
        for (var watcher : sockets) {
            if (watcher.user().equals(user)) {
                compareSocket(watcher.client(), link, fresh.screen(), differences);
            }
        }
        assertThat(differences).as("differences from what %s is shown afresh", user.handle()).isEmpty();
    }

    private Stretch readUntilNotified(Session user, long after, String link) {
        var reader = new EventLogReader(api, user);
        return await("the last notification of " + user.handle()).atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> reader.readAllAfter(after),
                        news -> news.entries().stream().anyMatch(
                                entry -> entry.data().path("link").asString("").equals(link)));
    }

    private void hearWithDeafEars(Session user, Stretch news, long start, Screen fresh) {
        var events = new LogEvents(user);
        for (var entry : news.entries().stream().filter(each -> each.position() > start).toList()) {
            deaf.hear(entry.type(), screen -> {
                if (entry.type().equals("incident.created")) {
                    screen.openThread(entry.incident().path("id").asLong());
                }
                events.apply(entry, screen);
            });
        }
        findings.addMissed(deaf.findMissed(stage.everything(), fresh.look(stage.everything())));
    }

    private void compareSocket(
            SocketFollower client, String link, Screen fresh, Map<String, List<String>> differences) {
        await("the last notification on " + client).atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> client.showsNotification(link));
        var shown = client.shown();
        note(
                differences,
                client + " with " + shown.part(),
                Differences.between(shown.screen().look(shown.part()), fresh.look(shown.part())));
        findings.addMissed(client.findMissed(fresh));
        findings.countComparison();
    }

    private static void note(Map<String, List<String>> differences, String who, List<String> found) {
        if (!found.isEmpty()) {
            differences.put(who, found);
        }
    }

    /** Nothing moves any more, but the last movements may still be on their way. */
    private void comparePresence(Watcher watcher) {
        var fresh = new PresenceBoard(api, watcher.user());
        awaitQuiet("presence of " + watcher.client(), () -> {
            fresh.ask(watcher.client().incident());
            assertThat(watcher.client().presence()).isEqualTo(fresh.look());
        });
    }

    private void comparePresenceInLog() {
        var fresh = new PresenceBoard(api, stage.admin());
        awaitQuiet("presence in the log", () -> {
            findings.readLog(new EventLogReader(api, stage.admin()));
            for (var incident : stage.recentIncidents()) {
                fresh.ask(incident);
                assertThat(findings.presence().online()).as("online").isEqualTo(fresh.look().online());
                assertThat(findings.presence().viewers(incident)).as("viewers of incident %s", incident)
                        .isEqualTo(fresh.look().viewers());
            }
        });
    }

    private static void awaitQuiet(String what, ThrowingRunnable assertion) {
        await(what).atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(assertion);
    }

    @Override
    public void close() {
        sockets.forEach(watcher -> watcher.client().close());
        threads.shutdownNow();
    }
}
