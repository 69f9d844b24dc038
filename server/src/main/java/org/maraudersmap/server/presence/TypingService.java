package org.maraudersmap.server.presence;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;
import org.maraudersmap.server.platform.settings.Setting;
import org.maraudersmap.server.platform.settings.Settings;
import org.maraudersmap.server.presence.TypingBoard.Typist;
import org.maraudersmap.server.realtime.Audience;
import org.maraudersmap.server.realtime.ClientListener;
import org.maraudersmap.server.realtime.ConnectedClient;
import org.maraudersmap.server.realtime.ConnectedClients;
import org.maraudersmap.socketio.DisconnectReason;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Service;

/**
 * Tells those in an incident's room who types there. It ends when the typist says so, leaves, disconnects or posts, and
 * by itself after TYPING_TIMEOUT. Nothing of it is kept.
 */
@Service
class TypingService implements ClientListener, DisposableBean {
    private final ConnectedClients clients;
    private final long timeoutNanos;
    private final TypingBoard board;
    private final ReentrantLock lock = new ReentrantLock();
    private final ScheduledExecutorService timer = Executors
            .newSingleThreadScheduledExecutor(Thread.ofVirtual().name("typing-timeout").factory());

    TypingService(ConnectedClients clients, Settings settings) {
        this.clients = clients;
        Duration timeout = settings.duration(Setting.TYPING_TIMEOUT);
        this.timeoutNanos = timeout.toNanos();
        this.board = new TypingBoard(timeout);
    }

    /** {@code presence:typing}. */
    record TypingMessage(UUID userId, String userName, String incidentId, boolean isTyping) {}

    void beginTypingOfClient(ConnectedClient client, String incidentId) {
        requireClientInRoom(client, incidentId);
        var typist = new Typist(client.actor().user(), incidentId);
        lock.lock();
        try {
            if (board.begin(client.socketId(), typist, System.nanoTime())) {
                tell(typist, true);
            }
        } finally {
            lock.unlock();
        }
        var _ = timer.schedule(
                () -> end(all -> all.endOverdue(System.nanoTime())), timeoutNanos, TimeUnit.NANOSECONDS);
    }

    void endTypingOfClient(ConnectedClient client, String incidentId) {
        requireClientInRoom(client, incidentId);
        endTypingOfSocket(client);
    }

    /** The user has posted what he typed. */
    void endTypingOfUser(UUID userId, String incidentId) {
        end(all -> all.end(userId, incidentId).stream().toList());
    }

    @Override
    public void onRoomLeft(ConnectedClient client, String room) {
        endTypingOfSocket(client);
    }

    @Override
    public void onClientDisconnected(ConnectedClient client, DisconnectReason reason) {
        endTypingOfSocket(client);
    }

    private void endTypingOfSocket(ConnectedClient client) {
        end(all -> all.end(client.socketId()).stream().toList());
    }

    /** Told under the lock, so that beginning and end are heard in their order. */
    private void end(Function<TypingBoard, Collection<Typist>> ending) {
        lock.lock();
        try {
            ending.apply(board).forEach(typist -> tell(typist, false));
        } finally {
            lock.unlock();
        }
    }

    private void tell(Typist typist, boolean isTyping) {
        var user = typist.user();
        clients.tellStateToClientsEverywhere(
                PresenceRooms.roomOfIncident(typist.incidentId()),
                List.of(Audience.user(user.id())),
                "presence:typing",
                new TypingMessage(user.id(), user.name(), typist.incidentId(), isTyping));
    }

    private static void requireClientInRoom(ConnectedClient client, String incidentId) {
        if (!client.rooms().contains(PresenceRooms.roomOfIncident(incidentId).name())) {
            throw Problem.of(
                    ProblemCode.FORBIDDEN,
                    "Join room " + PresenceRooms.roomOfIncident(incidentId).name() + " before you type there.");
        }
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }
}
