package org.maraudersmap.server.presence;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.platform.database.ClusterSignals;
import org.maraudersmap.server.platform.node.Node;
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
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells those in an incident's room who types there. It ends when the typist says so, leaves, disconnects or posts, and
 * by itself after TYPING_TIMEOUT. Nothing of it is kept.
 */
@Service
class TypingService implements ClientListener, DisposableBean {
    private static final String CHANNEL = "typing";

    private final ConnectedClients clients;
    private final ClusterSignals signals;
    private final JsonMapper json;
    private final String thisNode;
    private final long timeoutNanos;
    private final TypingBoard board;
    private final ReentrantLock lock = new ReentrantLock();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofVirtual().name("typing-timeout").factory());
    // Guarded by lock:
    private @Nullable ScheduledFuture<?> nextLook;

    TypingService(
            ConnectedClients clients, ClusterSignals signals, JsonMapper json, Node node, Settings settings) {
        this.clients = clients;
        this.signals = signals;
        this.json = json;
        this.thisNode = node.id();
        Duration timeout = settings.duration(Setting.TYPING_TIMEOUT);
        this.timeoutNanos = timeout.toNanos();
        this.board = new TypingBoard(timeout);
        timer.setRemoveOnCancelPolicy(true);
        signals.listenToSignalsOnChannel(CHANNEL, this::hearOfTypistOnOtherNode);
    }

    /** {@code presence:typing}. */
    record TypingMessage(UUID userId, String userName, String incidentId, boolean isTyping) {}

    /** To the other nodes, which tell their clients. */
    private record Signal(String node, Typist typist, boolean isTyping) {}

    void beginTypingOfClient(ConnectedClient client, String incidentId) {
        requireClientInRoom(client, incidentId);
        var user = client.actor().user();
        var typist = new Typist(user.id(), user.name(), incidentId);
        if (begin(client.socketId(), typist, timeoutNanos)) {
            tellOtherNodes(typist, true);
        }
    }

    /** Whether it was told. */
    private boolean begin(String source, Typist typist, long nanos) {
        lock.lock();
        try {
            var now = System.nanoTime();
            var isToBeTold = board.begin(source, typist, now, now + nanos);
            lookAt(now + nanos);
            if (isToBeTold) {
                tellClientsHere(typist, true);
            }
            return isToBeTold;
        } finally {
            lock.unlock();
        }
    }

    /** Should the other node die, it ends by itself. */
    private void hearOfTypistOnOtherNode(String text) {
        var signal = json.readValue(text, Signal.class);
        if (signal.node.equals(thisNode)) {
            return;
        }
        var source = signal.node + " " + signal.typist.userId() + " " + signal.typist.incidentId();
        if (signal.isTyping) {
            var _ = begin(source, signal.typist, 2 * timeoutNanos);
        } else {
            var _ = end(all -> all.end(source).stream().toList());
        }
    }

    void endTypingOfClient(ConnectedClient client, String incidentId) {
        requireClientInRoom(client, incidentId);
        endTypingOfSocket(client);
    }

    /** The user has posted what he typed; every node learns that by itself. */
    void endTypingOfUser(UUID userId, String incidentId) {
        var _ = end(all -> all.end(userId, incidentId).stream().toList());
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
        end(all -> all.end(client.socketId()).stream().toList()).forEach(typist -> tellOtherNodes(typist, false));
    }

    /** Told under the lock, so that beginning and end are heard in their order. */
    private Collection<Typist> end(Function<TypingBoard, Collection<Typist>> ending) {
        lock.lock();
        try {
            var ended = ending.apply(board);
            ended.forEach(typist -> tellClientsHere(typist, false));
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** One look is due at a time, however often clients say that they type; an earlier one replaces it. */
    private void lookAt(long time) {
        var due = nextLook;
        if (due != null && due.getDelay(TimeUnit.NANOSECONDS) <= time - System.nanoTime()) {
            return;
        }
        if (due != null) {
            due.cancel(false);
        }
        nextLook = timer.schedule(this::endOverdue, time - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void endOverdue() {
        end(all -> {
            var now = System.nanoTime();
            var ended = all.endOverdue(now);
            nextLook = null;
            all.nanosUntilFirstIsOverdue(now).ifPresent(left -> lookAt(now + left));
            return ended;
        }).forEach(typist -> tellOtherNodes(typist, false));
    }

    /** Looks for typists who say nothing any more. */
    int countLooksThatAreDue() {
        return timer.getQueue().size();
    }

    private void tellClientsHere(Typist typist, boolean isTyping) {
        clients.tellStateToClientsHere(
                PresenceRooms.roomOfIncident(typist.incidentId()),
                List.of(Audience.user(typist.userId())),
                "presence:typing",
                new TypingMessage(typist.userId(), typist.userName(), typist.incidentId(), isTyping));
    }

    private void tellOtherNodes(Typist typist, boolean isTyping) {
        signals.sendSignalToAllNodes(CHANNEL, json.writeValueAsString(new Signal(thisNode, typist, isTyping)));
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
