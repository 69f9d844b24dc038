package org.maraudersmap.server.realtime;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.server.platform.work.WorkLoop;
import org.maraudersmap.server.platform.work.WorkLoops;
import org.maraudersmap.socketio.Namespace;
import org.maraudersmap.socketio.Offset;
import org.maraudersmap.socketio.Socket;
import org.maraudersmap.socketio.SocketIoServer;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Tells every socket now and then how far the log has come and how far this node has broadcast it. It keeps the offset
 * of a client young that hears nothing else, and a page honest about how far behind it is.
 */
@Component
class LogPositions implements DisposableBean {
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration PATIENCE_AT_STOP = Duration.ofMillis(500);

    private final EventLog log;
    private final Namespace sockets;
    private final WorkLoop teller;
    private volatile @Nullable Offset progress;
    private @Nullable LogPosition told;

    LogPositions(EventLog log, SocketIoServer server, WorkLoops loops) {
        this.log = log;
        this.sockets = server.of("/");
        this.teller = loops.repeatWorkAfterPauses("log-position", INTERVAL, this::tellSocketsIfLogMoved);
    }

    /**
     * What a socket is told.
     *
     * @param position
     *            up to here everything was broadcast on this node
     * @param head
     *            the newest position that this node knows of
     */
    record LogPosition(long position, long head) {}

    /** Every message up to this offset was given to the sockets that it is for. */
    void noteBroadcastUpToOffset(Offset offset) {
        progress = offset;
    }

    synchronized void tellSocketsIfLogMoved() {
        var upTo = progress;
        if (upTo == null) {
            return;
        }
        var now = new LogPosition(upTo.position(), Math.max(upTo.position(), log.head().position()));
        if (now.equals(told)) {
            return;
        }
        // Those who have been served as far or further are told of a lag, and keep the offset that they have.
        var servedFurther = now.head() == now.position() ? List.<Socket>of() : socketsServedUpTo(upTo);
        sockets.broadcast().at(upTo).emit("log:position", now);
        servedFurther.forEach(socket -> socket.emitFloor("log:position", now));
        told = now;
    }

    private List<Socket> socketsServedUpTo(Offset offset) {
        return sockets.sockets()
                .stream()
                .filter(socket -> socket.floor().filter(floor -> !offset.isAfter(floor)).isPresent())
                .toList();
    }

    @Override
    public void destroy() {
        teller.stop(PATIENCE_AT_STOP);
    }
}
