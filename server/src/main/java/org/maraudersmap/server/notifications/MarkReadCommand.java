package org.maraudersmap.server.notifications;

import java.util.Map;
import java.util.UUID;
import org.maraudersmap.server.platform.WriteAllowance;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.realtime.ClientCommand;
import org.maraudersmap.server.realtime.ConnectedClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** {@code notification:mark_read}: the same as over HTTP. */
@Component
final class MarkReadCommand implements ClientCommand {
    private final NotificationService service;
    private final WriteAllowance writes;

    MarkReadCommand(NotificationService service, WriteAllowance writes) {
        this.service = service;
        this.writes = writes;
    }

    @Override
    public String nameOfClientEvent() {
        return "notification:mark_read";
    }

    @Override
    public Map<String, Object> runCommandOfClient(ConnectedClient client, JsonNode payload) {
        var id = readId(payload);
        writes.takeWriteOfActor(client.actor());
        service.markNotificationAsRead(id, client.actor());
        return Map.of("notificationId", id);
    }

    private static UUID readId(JsonNode payload) {
        try {
            return UUID.fromString(payload.path("notificationId").asString(""));
        } catch (IllegalArgumentException malformed) {
            throw Problem.invalidField("notificationId", "must be a UUID");
        }
    }
}
