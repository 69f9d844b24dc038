package org.maraudersmap.server.presence;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.maraudersmap.eventlog.EventRecorder;
import org.maraudersmap.eventlog.NewEvent;
import org.maraudersmap.eventlog.UserSnapshot;
import org.maraudersmap.server.identity.UserDirectory;
import org.maraudersmap.server.platform.Role;
import org.maraudersmap.server.platform.SessionListener;
import org.maraudersmap.server.platform.database.ClusterSignals;
import org.maraudersmap.server.platform.node.Node;
import org.maraudersmap.server.presence.PresenceChanges.SocketState;
import org.maraudersmap.server.presence.PresencePicture.Transition;
import org.maraudersmap.server.realtime.ClientListener;
import org.maraudersmap.server.realtime.ConnectedClient;
import org.maraudersmap.server.realtime.ConnectedClients;
import org.maraudersmap.server.realtime.RoomCensus;
import org.maraudersmap.socketio.DisconnectReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps {@code presence_sessions} true for the sockets of this node, and tells them who comes and goes on all nodes.
 *
 * <p>
 * Clients and other nodes only leave word here of what has changed. A step, which {@link PresenceDriver} repeats,
 * writes
 * all of it in a few statements, asks the database where the users concerned are now, and tells what differs from what
 * this node knew. The nodes tell one another whom to look at and never what they will see: so it does no harm if a
 * signal is late, comes twice or out of order, and one that is lost is made good when everybody is looked at.
 */
@Service
class PresenceService implements ClientListener, SessionListener, RoomCensus {
    private static final Logger log = LoggerFactory.getLogger(PresenceService.class);
    private static final String CHANNEL = "presence_users";
    /** Rows in one statement, events in one transaction. */
    private static final int LARGEST_BATCH = 500;
    /** Ids that fit into one signal. */
    private static final int IDS_IN_SIGNAL = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** How long a client may take to come back on the connection that supersedes its former one. */
    private static final Duration HAND_OVER = Duration.ofSeconds(10);

    private final PresenceRepository repository;
    private final UserDirectory users;
    private final EventRecorder recorder;
    private final TransactionTemplate transactions;
    private final ClusterSignals signals;
    private final ConnectedClients clients;
    private final Clock clock;
    private final String thisNode;
    private final PresencePicture picture = new PresencePicture();
    private final PresenceTeller teller;
    private final Map<String, PresenceSession> socketsHere = new ConcurrentHashMap<>();
    private final Map<String, Superseded> superseded = new ConcurrentHashMap<>();
    private final Map<String, Instant> notedSignsOfLife = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Semaphore wake = new Semaphore(0);
    private PresenceChanges changes = new PresenceChanges();
    private PresenceChanges changesInHand = new PresenceChanges();

    /** A socket whose client is on its way back, or so it seems. */
    private record Superseded(UserSnapshot user, Instant until) {}

    PresenceService(
            PresenceRepository repository,
            UserDirectory users,
            EventRecorder recorder,
            TransactionTemplate transactions,
            ClusterSignals signals,
            ConnectedClients clients,
            Clock clock,
            Node node) {
        this.repository = repository;
        this.users = users;
        this.recorder = recorder;
        this.transactions = transactions;
        this.signals = signals;
        this.clients = clients;
        this.clock = clock;
        this.thisNode = node.id();
        this.teller = new PresenceTeller(clients::tellStateToClientsHere);
        signals.listenToSignalsOnChannel(CHANNEL, this::hearOfUsersOnOtherNode);
    }

    // What happens

    @Override
    public void onClientConnected(ConnectedClient client) {
        var now = clock.instant();
        var user = client.actor().user();
        var session = new PresenceSession(client.socketId(), user.id(), now, now, roomOf(client));
        var isBack = superseded.remove(client.socketId()) != null;
        socketsHere.put(client.socketId(), session);
        note(noted -> {
            noted.noteSocketIsHere(session);
            noted.noteNewcomer(client.socketId());
            if (!isBack) {
                noted.noteEvent(PresenceEvents.describeConnectionOfSocket(client.socketId(), user));
                session.room().ifPresent(
                        room -> noted.noteEvent(PresenceEvents.describeEntryIntoRoom(client.socketId(), user, room)));
            }
        });
    }

    @Override
    public void onClientDisconnected(ConnectedClient client, DisconnectReason reason) {
        var user = client.actor().user();
        socketsHere.remove(client.socketId());
        if (reason == DisconnectReason.SUPERSEDED) {
            superseded.put(client.socketId(), new Superseded(user, clock.instant().plus(HAND_OVER)));
            return;
        }
        noteEndOfSocket(client.socketId(), user, reason.text());
    }

    private void noteEndOfSocket(String socketId, UserSnapshot user, String reason) {
        note(noted -> {
            noted.noteSocketIsGone(socketId, user.id());
            noted.noteEvent(PresenceEvents.describeEndOfSocket(socketId, user, reason));
        });
    }

    @Override
    public void onRoomEntered(ConnectedClient client, String room) {
        noteRoomOfClient(client, PresenceEvents.describeEntryIntoRoom(client.socketId(), client.actor().user(), room));
    }

    @Override
    public void onRoomLeft(ConnectedClient client, String room) {
        noteRoomOfClient(client, PresenceEvents.describeExitFromRoom(client.socketId(), client.actor().user(), room));
    }

    private void noteRoomOfClient(ConnectedClient client, NewEvent event) {
        // Whoever is not here any more said this before he went.
        var moved = socketsHere.computeIfPresent(
                client.socketId(),
                (_, session) -> new PresenceSession(
                        session.socketId(),
                        session.userId(),
                        session.connectedAt(),
                        clock.instant(),
                        roomOf(client)));
        if (moved != null) {
            note(noted -> {
                noted.noteSocketIsHere(moved);
                noted.noteEvent(event);
            });
        }
    }

    private static Optional<String> roomOf(ConnectedClient client) {
        return client.rooms().stream().findFirst();
    }

    @Override
    public void onRoleChanged(UUID userId, Role role) {
        note(noted -> noted.noteRenewedUser(userId));
    }

    @Override
    public void onSessionEnded(UUID userId, UUID sessionId) {
        // Its sockets are disconnected, which is heard of.
    }

    @Override
    public void onOtherSessionsEnded(UUID userId, UUID keptSessionId) {
        // Their sockets are disconnected, which is heard of.
    }

    private void hearOfUsersOnOtherNode(String signal) {
        var parts = List.of(signal.split(" "));
        if (!parts.getFirst().equals(thisNode)) {
            note(noted -> parts.stream().skip(1).map(PresenceService::readId).forEach(noted::noteUser));
        }
    }

    private interface Noting {
        void writeDown(PresenceChanges noted);
    }

    private void note(Noting noting) {
        lock.lock();
        try {
            noting.writeDown(changes);
        } finally {
            lock.unlock();
        }
        wake.release();
    }

    // What others ask

    @Override
    public Collection<UserSnapshot> listUsersInRoom(String room) {
        waitUntilChangesCount();
        return picture.usersIn(room);
    }

    /** Returns when what has happened on this node so far is in the database, or after a while. */
    void waitUntilChangesCount() {
        try {
            waitForChanges().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            log.warn("presence is late: what happened {} ago is not written yet", PATIENCE);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private CompletableFuture<Void> waitForChanges() {
        lock.lock();
        try {
            return changes.isEmpty() ? changesInHand.awaited() : changes.awaited();
        } finally {
            lock.unlock();
        }
    }

    // The steps, which one thread takes

    /** Waits until there is something to do, for a time at most. */
    void waitForNextChange(long nanos) throws InterruptedException {
        var _ = wake.tryAcquire(nanos, TimeUnit.NANOSECONDS);
        wake.drainPermits();
    }

    /** Takes over from a former life of this node: whoever was connected to it is not any more. */
    void removeSessionsOfFormerLife() {
        removeSessionsOfNodes(List.of(thisNode));
        lookAtEverybodyNextStep();
    }

    /** Says that the next step shall compare everything, in case a signal was lost. */
    void lookAtEverybodyNextStep() {
        note(PresenceChanges::noteEverybody);
    }

    /**
     * Writes, looks and tells.
     *
     * @return after how many nanoseconds there is another step to take though nothing changes
     */
    Optional<Long> takeNextPresenceStep(long now) {
        var batch = takeChanges();
        try {
            writeChangesToDatabase(batch);
            var transitions = lookAtUsersConcerned(batch);
            var next = teller.tell(transitions, picture.counts(), batch.newcomers(), now);
            putChangesAway();
            return next;
        } catch (RuntimeException failure) {
            putChangesBack();
            throw failure;
        }
    }

    private PresenceChanges takeChanges() {
        lock.lock();
        try {
            changesInHand = changes;
            changes = new PresenceChanges();
            return changesInHand;
        } finally {
            lock.unlock();
        }
    }

    private void putChangesAway() {
        lock.lock();
        try {
            changesInHand.complete();
            changesInHand = new PresenceChanges();
        } finally {
            lock.unlock();
        }
    }

    private void putChangesBack() {
        lock.lock();
        try {
            changesInHand.putBefore(changes);
            changes = changesInHand;
            changesInHand = new PresenceChanges();
        } finally {
            lock.unlock();
        }
    }

    /** In transactions of a bounded size: other writers shall get their turn, and the log other events. */
    private void writeChangesToDatabase(PresenceChanges batch) {
        var here = new ArrayList<PresenceSession>();
        var gone = new ArrayList<String>();
        batch.sockets().forEach((socketId, state) -> {
            switch (state) {
                case SocketState.Here(var session) -> here.add(session);
                case SocketState.Gone() -> gone.add(socketId);
            }
        });
        for (var some : batchesOf(gone)) {
            repository.deleteSessionsOfNode(thisNode, some);
        }
        for (var some : batchesOf(here)) {
            repository.insertOrUpdateSessionsOfNode(thisNode, some);
        }
        if (!batch.sockets().isEmpty()) {
            tellOtherNodesToLookAt(batch.users());
        }
        while (!batch.events().isEmpty()) {
            var some = batch.events().subList(0, Math.min(LARGEST_BATCH, batch.events().size()));
            transactions.executeWithoutResult(_ -> recorder.record(List.copyOf(some)));
            some.clear();
        }
    }

    private static <T> List<List<T>> batchesOf(List<T> all) {
        var batches = new ArrayList<List<T>>();
        for (var start = 0; start < all.size(); start += LARGEST_BATCH) {
            batches.add(all.subList(start, Math.min(all.size(), start + LARGEST_BATCH)));
        }
        return batches;
    }

    private void tellOtherNodesToLookAt(Collection<UUID> concerned) {
        var ids = concerned.stream().map(PresenceService::writeId).toList();
        for (var start = 0; start < ids.size(); start += IDS_IN_SIGNAL) {
            var some = ids.subList(start, Math.min(ids.size(), start + IDS_IN_SIGNAL));
            signals.sendSignalToAllNodes(CHANNEL, thisNode + " " + String.join(" ", some));
        }
    }

    private List<Transition> lookAtUsersConcerned(PresenceChanges batch) {
        var rooms = batch.isAboutEverybody()
                ? repository.findRoomsOfEverybody()
                : batch.users().isEmpty()
                        ? Map.<UUID, Set<String>>of()
                        : repository.findRoomsOfUsers(batch.users());
        var unknown = rooms.keySet()
                .stream()
                .filter(user -> !picture.knowsUser(user) || batch.renewedUsers().contains(user))
                .toList();
        var snapshots = users.findUserSnapshotsByIds(unknown);
        var transitions = new ArrayList<Transition>();
        rooms.forEach((userId, theirs) -> transitions.addAll(
                Optional.ofNullable(snapshots.get(userId))
                        .map(user -> picture.show(user, theirs))
                        .orElseGet(() -> picture.show(userId, theirs))));
        var looked = batch.isAboutEverybody() ? picture.usersOnline() : batch.users();
        looked.stream().filter(user -> !rooms.containsKey(user)).forEach(
                user -> transitions.addAll(picture.hide(user)));
        return transitions;
    }

    /** Writes down who gave a sign of life, and puts right what is wrong about the sockets of this node. */
    void noteSignsOfLifeOfClients() {
        endSocketsThatNeverCameBack();
        var signs = clients.readSignsOfLifeHere();
        signs.keySet().retainAll(socketsHere.keySet());
        notedSignsOfLife.keySet().retainAll(signs.keySet());
        var fresh = new HashMap<>(signs);
        fresh.entrySet().removeAll(notedSignsOfLife.entrySet());
        if (!fresh.isEmpty()) {
            var missing = new HashSet<>(fresh.keySet());
            missing.removeAll(repository.noteSignsOfLifeOnNode(thisNode, fresh));
            // They are still to be written, or whoever thought that this node was dead has removed them.
            note(noted -> socketsHere.forEach((socketId, session) -> {
                if (missing.contains(socketId)) {
                    noted.noteSocketIsHere(session);
                }
            }));
        }
        notedSignsOfLife.putAll(fresh);
    }

    /** Nor anywhere else. */
    private void endSocketsThatNeverCameBack() {
        var now = clock.instant();
        var overdue = new HashMap<String, Superseded>();
        superseded.forEach((socketId, former) -> {
            if (former.until().isBefore(now)) {
                overdue.put(socketId, former);
            }
        });
        if (overdue.isEmpty()) {
            return;
        }
        var stillHere = repository.findSocketsOfNodeAmong(thisNode, overdue.keySet());
        // Not before the database has answered: otherwise its row would stay for ever.
        overdue.forEach((socketId, former) -> {
            if (superseded.remove(socketId, former) && stillHere.contains(socketId)) {
                noteEndOfSocket(socketId, former.user(), DisconnectReason.SUPERSEDED.text());
            }
        });
    }

    /** Whoever was connected to these nodes is not any more. */
    void removeSessionsOfNodes(Collection<String> nodes) {
        var removed = removeSomeSessionsOfNodes(nodes);
        while (!removed.isEmpty()) {
            var concerned = removed.stream().map(PresenceRepository.RemovedSession::userId).distinct().toList();
            tellOtherNodesToLookAt(concerned);
            note(noted -> concerned.forEach(noted::noteUser));
            removed = removeSomeSessionsOfNodes(nodes);
        }
    }

    private List<PresenceRepository.RemovedSession> removeSomeSessionsOfNodes(Collection<String> nodes) {
        return transactions.execute(_ -> {
            var some = repository.deleteSomeSessionsOfNodes(nodes, LARGEST_BATCH);
            if (!some.isEmpty()) {
                recordThatNodeWasLost(some);
            }
            return some;
        });
    }

    private void recordThatNodeWasLost(List<PresenceRepository.RemovedSession> removed) {
        var owners = users.findUserSnapshotsByIds(
                removed.stream().map(PresenceRepository.RemovedSession::userId).distinct().toList());
        recorder.record(
                removed.stream()
                        .flatMap(session -> Optional.ofNullable(owners.get(session.userId()))
                                .map(owner -> PresenceEvents.describeEndOfSocket(session.socketId(), owner,
                                        "server lost"))
                                .stream())
                        .toList());
    }

    private static String writeId(UUID id) {
        var bytes = ByteBuffer.allocate(Long.BYTES * 2)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private static UUID readId(String text) {
        var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
