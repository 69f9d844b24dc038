package org.maraudersmap.server.realtime;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.maraudersmap.server.platform.database.ClusterSignals;
import org.maraudersmap.server.platform.settings.Setting;
import org.maraudersmap.server.platform.settings.Settings;
import org.maraudersmap.server.platform.work.WorkLoop;
import org.maraudersmap.server.platform.work.WorkLoops;
import org.maraudersmap.server.realtime.SocketSessionRepository.SignOfLife;
import org.maraudersmap.socketio.Namespace;
import org.maraudersmap.socketio.SocketIoServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Keeps what is remembered of sockets true: writes their signs of life now and then, forgets the sessions that nobody
 * can recover any more, and drops a socket whose client has come back on another node.
 */
@Component
class SocketSessionUpkeep implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(SocketSessionUpkeep.class);
    /** So much earlier than it should a window may end for a socket whose node was killed. */
    private static final Duration SIGNS_INTERVAL = Duration.ofSeconds(5);
    private static final Duration EXPIRY_INTERVAL = Duration.ofMinutes(1);
    private static final Duration PATIENCE_AT_STOP = Duration.ofMillis(500);
    private static final int MOST_IN_STATEMENT = 1_000;

    private final Namespace sockets;
    private final SocketSessionRepository sessions;
    private final Clock clock;
    private final Duration retention;
    private final List<WorkLoop> work;
    private Instant notedUntil;

    SocketSessionUpkeep(
            SocketIoServer server,
            SocketSessionRepository sessions,
            ClusterSignals signals,
            Clock clock,
            WorkLoops loops,
            Settings settings) {
        this.sockets = server.of("/");
        this.sessions = sessions;
        this.clock = clock;
        // The sign of life of an open socket may be as old as the longest silence, and counts only then.
        this.retention = settings.duration(Setting.RECOVERY_WINDOW)
                .plus(settings.duration(Setting.PRESENCE_TIMEOUT))
                .plus(SIGNS_INTERVAL);
        this.notedUntil = clock.instant();
        signals.listenToSignalsOnChannel(LogRecovery.TAKEOVER_CHANNEL, this::dropSocketOfSession);
        this.work = List.of(
                loops.repeatWorkAfterPauses("signs-of-life", SIGNS_INTERVAL, this::noteSignsOfLifeOfSockets),
                loops.repeatWorkAfterPauses("session-expiry", EXPIRY_INTERVAL, this::forgetSessionsThatAreTooOld));
    }

    private void dropSocketOfSession(String takeover) {
        var parts = takeover.split(" ", 2);
        sockets.giveWay(parts[1], Long.parseLong(parts[0]));
    }

    synchronized void noteSignsOfLifeOfSockets() {
        var now = clock.instant();
        var signs = new ArrayList<SignOfLife>();
        for (var socket : sockets.sockets()) {
            var lastSeen = socket.lastSeen();
            if (!lastSeen.isBefore(notedUntil)) {
                signs.add(new SignOfLife(socket.id(), lastSeen));
            }
        }
        for (var from = 0; from < signs.size(); from += MOST_IN_STATEMENT) {
            sessions.noteSignsOfLife(signs.subList(from, Math.min(signs.size(), from + MOST_IN_STATEMENT)));
        }
        notedUntil = now;
    }

    void forgetSessionsThatAreTooOld() {
        var removed = sessions.removeSessionsNotSeenSince(clock.instant().minus(retention));
        log.debug("{} sessions of sockets were too old to be recovered", removed);
    }

    @Override
    public void destroy() {
        work.forEach(loop -> loop.stop(PATIENCE_AT_STOP));
    }
}
