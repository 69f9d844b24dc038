package org.maraudersmap.server.realtime;

import java.util.List;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.server.backbone.EventConsumer;
import org.maraudersmap.server.platform.Trace;
import org.maraudersmap.server.platform.node.Node;
import org.maraudersmap.server.platform.settings.Setting;
import org.maraudersmap.server.platform.settings.Settings;
import org.maraudersmap.socketio.Namespace;
import org.maraudersmap.socketio.Offset;
import org.maraudersmap.socketio.SocketIoServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Feeds this node's sockets from the log. Each message carries the offset of its event; a socket that has been served
 * up to there does not get it again, so it does no harm that after a crash a few events come twice.
 */
@Component
class SocketBroadcaster implements EventConsumer {
    private static final Logger log = LoggerFactory.getLogger(SocketBroadcaster.class);

    private final String name;
    private final EventLog eventLog;
    private final EventAnnouncers announcers;
    private final LogPositions progress;
    private final Namespace sockets;

    SocketBroadcaster(
            Settings settings,
            Node node,
            EventLog eventLog,
            EventAnnouncers announcers,
            LogPositions progress,
            SocketIoServer server) {
        this.name = settings.text(Setting.IGGY_CONSUMER_ID) + "-" + node.id();
        this.eventLog = eventLog;
        this.announcers = announcers;
        this.progress = progress;
        this.sockets = server.of("/");
    }

    @Override
    public String consumerName() {
        return name;
    }

    @Override
    public Start startOfFirstRun() {
        return Start.HEAD;
    }

    @Override
    public Checkpoint checkpointOfEachBatch() {
        return Checkpoint.NOW_AND_THEN;
    }

    @Override
    public boolean wantsEventsOfType(String eventType) {
        return announcers.isEventTypeAnnounced(eventType);
    }

    @Override
    public void handleEventsInOrder(List<PositionedEvent> events) {
        var epoch = eventLog.head().epoch();
        for (var event : events) {
            var announcements = announcers.announceEventOrResync(event);
            for (var number = 0; number < announcements.size(); number++) {
                var announcement = announcements.get(number);
                var offset = Offset.of(epoch, event.position(), number);
                sendAnnouncementToAudience(announcement, offset);
                if (log.isDebugEnabled()) {
                    tellOfAnnouncement(announcement, offset, event);
                }
            }
        }
    }

    @Override
    public void noteProgressUpToPosition(long position) {
        progress.noteBroadcastUpToOffset(Offset.of(eventLog.head().epoch(), position));
    }

    private void sendAnnouncementToAudience(Announcement announcement, Offset offset) {
        var broadcast = switch (announcement.audience()) {
            case Audience.Everyone() -> sockets.broadcast();
            case Audience.Room(var room) -> sockets.to(room);
        };
        broadcast.at(offset).emit(announcement.event(), announcement.payload());
    }

    private static void tellOfAnnouncement(Announcement announcement, Offset offset, PositionedEvent event) {
        try (var _ = Trace.enter(event.event().metadata().traceId())) {
            log.debug("announced {} at {} to {}", announcement.event(), offset, announcement.audience());
        }
    }
}
