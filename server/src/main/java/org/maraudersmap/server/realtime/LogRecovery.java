package org.maraudersmap.server.realtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.eventlog.EventsGoneException;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.database.ClusterSignals;
import org.maraudersmap.server.platform.database.GatheredCalls;
import org.maraudersmap.server.realtime.AnnouncedLog.AnnouncedEvent;
import org.maraudersmap.server.realtime.SocketSessionRepository.Saved;
import org.maraudersmap.socketio.Offset;
import org.maraudersmap.socketio.Recovery;
import org.maraudersmap.socketio.Socket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps sessions in the database and replays what was missed from the log, so that a client whose connection broke goes
 * on where it was: after a cut, after a crash of this process, or on another node. What is replayed is announced as it
 * was live, and again only to whom it is for today.
 */
final class LogRecovery implements Recovery {
    private static final Logger log = LoggerFactory.getLogger(LogRecovery.class);
    /** "This session has come to me, in this generation", to the node that had it. */
    static final String TAKEOVER_CHANNEL = "socket_takeovers";
    private static final int MOST_IN_STATEMENT = 500;
    /** A page for one client: so many messages, or so many characters of the events that they come of. */
    private static final int MOST_MESSAGES = 500;
    private static final int MOST_CHARACTERS = 512 << 10;

    private final EventLog eventLog;
    private final AnnouncedLog announcedLog;
    private final EventAnnouncers announcers;
    private final SocketSessionRepository sessions;
    private final ClusterSignals signals;
    private final long mostEvents;
    private final GatheredCalls<String, Session, Saved> saves;
    private final GatheredCalls<String, String, Optional<Session>> finds;

    LogRecovery(
            EventLog eventLog,
            EventAnnouncers announcers,
            SocketSessionRepository sessions,
            ClusterSignals signals,
            long mostEvents) {
        this.eventLog = eventLog;
        this.announcedLog = new AnnouncedLog(eventLog, announcers);
        this.announcers = announcers;
        this.sessions = sessions;
        this.signals = signals;
        this.mostEvents = mostEvents;
        this.saves = new GatheredCalls<>(1, MOST_IN_STATEMENT, Session::pid, sessions::saveSessionsOfSockets);
        this.finds = new GatheredCalls<>(1, MOST_IN_STATEMENT, Function.identity(), this::findSessionsAndHead);
    }

    @Override
    public Offset head(String namespace) {
        var head = eventLog.head();
        return Offset.of(head.epoch(), head.position());
    }

    @Override
    public boolean save(Session session) {
        var saved = saves.call(session);
        if (saved == Saved.TAKEN_OVER) {
            signals.sendSignalToAllNodes(TAKEOVER_CHANNEL, session.generation() + " " + session.pid());
        }
        return saved != Saved.REFUSED;
    }

    @Override
    public Optional<Session> find(String namespace, String pid) {
        return finds.call(pid).filter(session -> session.namespace().equals(namespace));
    }

    /** Whoever comes from another node may be ahead of what this one has heard of. */
    private Map<String, Optional<Session>> findSessionsAndHead(List<String> pids) {
        var found = sessions.findSessionsOfPids(pids);
        var _ = eventLog.askForHead();
        return found;
    }

    @Override
    public void remove(Session session) {
        sessions.removeSessionUpToGeneration(session.pid(), session.generation());
    }

    @Override
    public boolean isComplete(Session session, Offset after, Offset upTo) {
        if (upTo.position() - after.position() > mostEvents) {
            return false;
        }
        try {
            var _ = announcedLog.readSomeFrom(upTo.epoch(), firstPositionAfter(after), upTo.position());
            return true;
        } catch (EventsGoneException gone) {
            return false;
        }
    }

    /** An offset in the middle of an event leaves the rest of it to be sent. */
    private static long firstPositionAfter(Offset after) {
        return after.index() == Offset.ALL ? after.position() + 1 : after.position();
    }

    @Override
    public Page replay(Socket socket, Session session, Offset after, Offset upTo) {
        if (!eventLog.head().epoch().equals(upTo.epoch())) {
            throw new IllegalStateException("The log began a new life while it was replayed to " + socket);
        }
        var listener = new Listener(socket, session);
        var messages = new ArrayList<Replayed>();
        var last = after;
        var size = 0L;
        for (var event : announcedLog.readSomeFrom(upTo.epoch(), firstPositionAfter(after), upTo.position())) {
            for (var message : listener.messagesOf(event)) {
                if (message.offset().isAfter(after)) {
                    messages.add(message);
                }
            }
            last = Offset.of(upTo.epoch(), event.event().position());
            size += event.event().json().length();
            if (messages.size() >= MOST_MESSAGES || size >= MOST_CHARACTERS) {
                break;
            }
        }
        return new Page(messages, upTo.isAfter(last) ? Optional.of(last) : Optional.empty());
    }

    /** What a socket may hear: as whom it acts now, in the rooms in which it is now, since it was in each. */
    private final class Listener {
        private final Actor actor;
        private final Set<String> rooms;
        private final Session session;

        Listener(Socket socket, Session session) {
            this.actor = socket.attachment(Actor.class);
            this.rooms = socket.rooms();
            this.session = session;
        }

        List<Replayed> messagesOf(AnnouncedEvent event) {
            var heard = event.messages()
                    .stream()
                    .filter(message -> hears(message.announcement().audience(), message.replayed().offset()))
                    .toList();
            if (heard.isEmpty()) {
                return List.of();
            }
            boolean isVisible;
            try {
                isVisible = announcers.mayActorSeeEvent(actor, event.event());
            } catch (RuntimeException failure) {
                log.error("whether {} may see the event at {} cannot be told", actor, event.event().position(),
                        failure);
                var resync = Announcement.resync(event.event().position());
                return List.of(new Replayed(heard.getFirst().replayed().offset(), resync.event(),
                        List.of(resync.payload())));
            }
            return heard.stream()
                    .filter(message -> isVisible || message.announcement().isResync())
                    .map(AnnouncedLog.AnnouncedMessage::replayed)
                    .toList();
        }

        private boolean hears(Audience audience, Offset offset) {
            return switch (audience) {
                case Audience.Everyone() -> true;
                case Audience.Room(var room) -> rooms.contains(room) && isSince(session.rooms().get(room), offset);
            };
        }

        private static boolean isSince(@Nullable Offset since, Offset offset) {
            return since != null && (offset.isAfter(since) || !offset.epoch().equals(since.epoch()));
        }
    }
}
