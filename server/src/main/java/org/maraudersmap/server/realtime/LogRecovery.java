package org.maraudersmap.server.realtime;

import java.util.List;
import java.util.Optional;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.socketio.Offset;
import org.maraudersmap.socketio.Recovery;
import org.maraudersmap.socketio.Socket;

/**
 * Gives every new socket the head of the log as its floor, read once it holds live messages, so that nothing falls
 * between its snapshot and its first message. Sessions are not kept yet: a client that comes back is told so
 * ({@code recovered === false}) and takes what it missed from {@code GET /api/events}.
 */
final class LogRecovery implements Recovery {
    private final EventLog log;

    LogRecovery(EventLog log) {
        this.log = log;
    }

    @Override
    public Offset head(String namespace) {
        var head = log.head();
        return Offset.of(head.epoch(), head.position());
    }

    @Override
    public boolean save(Session session) {
        return true;
    }

    @Override
    public Optional<Session> find(String namespace, String pid) {
        return Optional.empty();
    }

    @Override
    public void remove(Session session) {
        // nothing is kept
    }

    @Override
    public boolean isComplete(Session session, Offset after, Offset upTo) {
        return false;
    }

    @Override
    public Page replay(Socket socket, Session session, Offset after, Offset upTo) {
        return new Page(List.of(), Optional.empty());
    }
}
