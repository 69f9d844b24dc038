package org.maraudersmap.server.presence;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.server.backbone.EventConsumer;
import org.maraudersmap.server.platform.node.Node;
import org.springframework.stereotype.Component;

/** Whoever has posted a comment types no more. Each node ends it for those who type through its own sockets. */
@Component
class TypingEndsWithComment implements EventConsumer {
    private static final String COMMENT_CREATED = "comment.created";

    private final TypingService typing;
    private final String name;

    TypingEndsWithComment(TypingService typing, Node node) {
        this.typing = typing;
        this.name = "typing-" + node.id();
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
        return eventType.equals(COMMENT_CREATED);
    }

    @Override
    public void handleEventsInOrder(List<PositionedEvent> events) {
        for (var event : events) {
            var incidentId = event.event().data().path("incidentId").asString("");
            Optional.<UUID>ofNullable(event.event().userId())
                    .ifPresent(author -> typing.endTypingOfUser(author, incidentId));
        }
    }
}
