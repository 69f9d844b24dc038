package org.maraudersmap.e2e.equivalence;

import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.maraudersmap.e2e.harness.EventLogReader;
import org.maraudersmap.e2e.harness.Session;
import org.maraudersmap.e2e.socket.ConnectOptions;
import org.maraudersmap.e2e.socket.SocketClient;
import org.maraudersmap.e2e.socket.SocketClients;
import org.maraudersmap.e2e.socket.SocketEvent;

/**
 * A client with the official Socket.IO client: it looks at one incident, and follows all of them by the feed. It does
 * one thing at a time; so messages wait while it asks for the state that they are to be applied to.
 */
final class SocketFollower implements AutoCloseable {
    private final Stage stage;
    private final Session user;
    private final Random random;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
    private final CompletableFuture<SocketClient> client = new CompletableFuture<>();
    private final SocketMessages messages = new SocketMessages();
    private final PresenceBoard presence;
    private final Deaf deaf = new Deaf(SocketMessages.NEEDED);
    private Screen screen = new Screen();
    private long incident;
    private boolean hasState;
    /** What the state contains; messages from here or before are in it. */
    private long contained;
    /** Where the last message came from; there may be another one from there. */
    private long heard;
    private int beginnings;
    private int recoveries;
    private Optional<RuntimeException> failure = Optional.empty();

    SocketFollower(Stage stage, Session user, SocketClients clients, String transport, Random random) {
        this.stage = stage;
        this.user = user;
        this.random = random;
        this.presence = new PresenceBoard(stage.api(), user);
        this.incident = stage.anyIncident(random);
        var options = ConnectOptions.withToken(user.accessToken()).comingBack().over(transport);
        client.complete(clients.connect(options, this::hear));
    }

    private void hear(SocketEvent message) {
        run(() -> apply(message));
    }

    private void apply(SocketEvent message) {
        if (message.name().equals("connection:acknowledged")) {
            begin(message);
        } else if (message.name().equals("resync")) {
            takeSnapshot();
        } else {
            message.offset().ifPresentOrElse(
                    offset -> applyFromLog(message, offset.position()),
                    () -> presence.apply(message, incident));
        }
    }

    private void applyFromLog(SocketEvent message, long position) {
        heard = position;
        if (position > contained) {
            messages.apply(message, screen);
            deaf.hear(message.name(), other -> messages.apply(message, other));
        }
    }

    /** Rooms first, then the state: what happens in between is heard and waits. */
    private void begin(SocketEvent acknowledged) {
        if (acknowledged.payload().path("recovered").asBoolean()) {
            // It is in its rooms, and has heard what it missed.
            recoveries++;
        } else {
            beginnings++;
            client.join().emit("feed:subscribe");
            client.join().joinIncident(incident);
            if (hasState && random.nextBoolean()) {
                readWhatWasMissed();
            } else {
                takeSnapshot();
            }
        }
        presence.ask(incident);
    }

    private void takeSnapshot() {
        var snapshot = snapshot(part());
        screen = snapshot.screen();
        contained = snapshot.position();
        hasState = true;
        deaf.startFrom(screen);
    }

    /** There may have been another message of the event that was heard last: from there on, and not after it. */
    private void readWhatWasMissed() {
        var missed = new EventLogReader(stage.api(), user).readAllAfter(Math.max(contained, heard - 1));
        var events = LogEvents.withThreadsThatAreOpen(user);
        missed.entries().forEach(entry -> events.apply(entry, screen));
        contained = missed.next();
        deaf.startFrom(screen);
    }

    private Snapshot snapshot(Part part) {
        return Snapshot.of(part, stage.api(), user, 5 + random.nextInt(20));
    }

    private void moveTo(long other) {
        client.join().joinIncident(other);
        screen.closeThread(incident);
        incident = other;
        var thread = snapshot(new Part.OneThread(other)).screen();
        screen.openThread(other);
        thread.comments(other).forEach(screen::showComment);
        presence.ask(other);
        deaf.startFrom(screen);
    }

    private Part part() {
        return new Part.WithOneThread(incident);
    }

    // What it is told to do

    /** Looks at another incident. */
    void moveSoon() {
        run(() -> {
            if (hasState) {
                moveTo(stage.anyIncident(random));
            }
        });
    }

    /** Loses its connection and comes back, or leaves and comes again. */
    void goAwaySoon() {
        run(() -> {
            if (hasState && random.nextBoolean()) {
                client.join().cut();
            } else if (hasState) {
                client.join().disconnect();
                client.join().reconnect();
            }
        });
    }

    // What it is asked

    Session user() {
        return user;
    }

    /** Whether it shows a notification with this link. */
    boolean showsNotification(String link) {
        return ask(() -> screen.hasNotificationWithLink(link));
    }

    /** What it shows, and of what. */
    Shown shown() {
        return ask(() -> new Shown(part(), screen.copy()));
    }

    /** A screen and the part that is to be seen. */
    record Shown(Part part, Screen screen) {}

    /** Where it is. */
    long incident() {
        return ask(() -> incident);
    }

    PresenceBoard.Sight presence() {
        return ask(presence::look);
    }

    /** The kinds of messages of which missing one would have been noticed. */
    Set<String> findMissed(Screen fresh) {
        return ask(() -> deaf.findMissed(part(), fresh.look(part())));
    }

    /** How often it has come back and been recovered. */
    int recoveries() {
        return ask(() -> recoveries);
    }

    /** How often it has come back and had to ask for what it had missed. */
    int returns() {
        return ask(() -> Math.max(0, beginnings - 1));
    }

    private void run(Runnable task) {
        thread.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException cause) {
                failure = failure.or(() -> Optional.of(cause));
            }
        });
    }

    private <T> T ask(Supplier<T> question) {
        try {
            return thread.submit(() -> {
                if (failure.isPresent()) {
                    throw failure.get();
                }
                return question.get();
            }).get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException cause) {
            throw new IllegalStateException(this + " cannot tell", cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        client.join().disconnect();
        thread.shutdownNow();
    }

    @Override
    public String toString() {
        return "the socket of " + user.handle();
    }
}
