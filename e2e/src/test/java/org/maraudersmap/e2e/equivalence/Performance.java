package org.maraudersmap.e2e.equivalence;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.Session;
import org.maraudersmap.e2e.socket.SocketClients;

/**
 * One sequence of commands. It is played in rounds: clients come in the midst of a round, and at its end all of them
 * must show what is shown afresh.
 */
final class Performance implements AutoCloseable {
    private static final int ROUNDS = 6;
    private static final int DEEDS = 8;
    private static final int WATCHERS = 3;
    private static final Duration LONGEST_ROUND = Duration.ofMinutes(2);
    private static final List<String> TRANSPORTS = List.of("websocket", "polling");

    private final Findings findings;
    private final SocketClients clients;
    private final Stage stage;
    private final Random random;
    private final List<Player> players = new ArrayList<>();
    private final Queue<LogFollower> logFollowers = new ConcurrentLinkedQueue<>();
    private final Queue<SocketFollower> sockets = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Performance(Api api, SocketClients clients, long seed, Findings findings) {
        this.findings = findings;
        this.clients = clients;
        this.random = new Random(seed);
        this.stage = new Stage(api);
        for (var user : stage.cast()) {
            players.add(new Player(stage, user, clients, new Random(random.nextLong())));
        }
    }

    void play() throws Exception {
        new Prologue(stage.api(), stage.cast().getLast()).play();
        for (var i = 0; i < WATCHERS; i++) {
            connect(stage.cast().get(i), TRANSPORTS.get(i % 2), random.nextLong());
        }
        for (var round = 0; round < ROUNDS; round++) {
            playRound(stage.cast().get(round % WATCHERS));
        }
        sockets.forEach(socket -> findings.addReturns(socket.recoveries(), socket.returns()));
    }

    private void playRound(Session deafUser) throws Exception {
        var comparison = new Comparison(stage, findings, deafUser);
        var toCome = new CountDownLatch(players.size() * DEEDS);
        var all = new ArrayList<Future<?>>();
        for (var player : players) {
            all.add(start(() -> act(player, toCome)));
        }
        var chance = new Random(random.nextLong());
        all.add(start(() -> glanceUntilNothingComes(chance, toCome)));
        for (var moment : moments()) {
            all.add(start(() -> {
                await("a moment of the round").atMost(LONGEST_ROUND)
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> toCome.getCount() <= moment.deedsLeft());
                moment.action().run();
                return null;
            }));
        }
        for (var each : all) {
            waitFor(each);
        }
        // By chance his role seldom ends as another one: nobody would notice who had missed the news of it.
        stage.giveAnotherRole(deafUser);
        comparison.compare(watchers(), logFollowers, sockets);
        logFollowers.removeIf(follower -> !(follower.part() instanceof Part.Everything));
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
            var pageSize = 5 + random.nextInt(20);
            moments.add(new Moment(anyMoment(), () -> follow(stage.everything(), user, pageSize)));
        }
        var newcomer = random.nextInt(WATCHERS);
        var seed = random.nextLong();
        moments.add(
                new Moment(
                        anyMoment(), () -> connect(stage.cast().get(newcomer), TRANSPORTS.get(newcomer % 2), seed)));
        for (var socket : sockets) {
            if (random.nextBoolean()) {
                moments.add(new Moment(anyMoment(), socket::moveSoon));
            }
            if (random.nextBoolean()) {
                moments.add(new Moment(anyMoment(), socket::goAwaySoon));
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
        sockets.add(new SocketFollower(stage, user, clients, transport, new Random(seed)));
    }

    private void follow(Part part, Session user, int pageSize) {
        logFollowers.add(new LogFollower(user, part, Snapshot.of(part, stage.api(), user, pageSize)));
    }

    /** Every answer promises a position of its own: many are asked for, in case one promises too much. */
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
            follow(part, user, chance.nextBoolean() ? 200 : 5 + chance.nextInt(50));
        }
        return toCome;
    }

    @Override
    public void close() {
        sockets.forEach(SocketFollower::close);
        threads.shutdownNow();
    }
}
