package org.maraudersmap.server.realtime;

import java.util.List;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.server.backbone.PositionedEventView;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.problem.Problem;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The log, as the caller may see it: for whoever was away longer than a socket can recover. */
@RestController
class EventFeedController {
    private static final int LARGEST_PAGE = 1_000;

    private final EventLog log;
    private final EventAnnouncers announcers;

    EventFeedController(EventLog log, EventAnnouncers announcers) {
        this.log = log;
        this.announcers = announcers;
    }

    /**
     * A page of the log.
     *
     * @param next
     *            ask {@code after} this one next
     * @param hidden
     *            events of the page that the caller may not see: events + hidden = next - after
     */
    record EventPage(List<PositionedEventView> events, long next, long hidden, long head, String epoch) {}

    @GetMapping("/api/events")
    EventPage readEventsAfterPosition(
            Actor actor,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "" + LARGEST_PAGE) int limit) {
        if (after < 0) {
            throw Problem.invalidParameter("after", after, "a position, 0 or more");
        }
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw Problem.invalidParameter("limit", limit, "a whole number from 1 to " + LARGEST_PAGE);
        }
        // This node may not have heard yet of what another one has told the caller.
        var head = after > log.head().position() ? log.askForHead() : log.head();
        if (after > head.position()) {
            throw Problem.invalidParameter(
                    "after", after, "a position of this log, whose head is " + head.position() + " now");
        }
        var events = log.readAfter(after, limit);
        var visible = events.stream()
                .filter(event -> announcers.mayActorSeeEvent(actor, event))
                .map(event -> new PositionedEventView(event.position(), event.json()))
                .toList();
        var next = events.isEmpty() ? after : events.getLast().position();
        return new EventPage(
                visible, next, events.size() - (long) visible.size(), Math.max(head.position(), next), head.epoch());
    }
}
