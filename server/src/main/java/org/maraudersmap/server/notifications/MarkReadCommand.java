package org.maraudersmap.server.notifications;

import jakarta.validation.constraints.NotNull;
import java.util.Map;
import java.util.UUID;
import org.maraudersmap.server.platform.WriteAllowance;
import org.maraudersmap.server.platform.input.RequestReader;
import org.maraudersmap.server.realtime.ClientCommand;
import org.maraudersmap.server.realtime.ConnectedClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** {@code notification:mark_read}: the same as over HTTP. */
@Component
final class MarkReadCommand implements ClientCommand {
    private final NotificationService service;
    private final RequestReader requests;
    private final WriteAllowance writes;

    MarkReadCommand(NotificationService service, RequestReader requests, WriteAllowance writes) {
        this.service = service;
        this.requests = requests;
        this.writes = writes;
    }

    /** What the event comes with. */
    record MarkReadRequest(@NotNull UUID notificationId) {}

    @Override
    public String nameOfClientEvent() {
        return "notification:mark_read";
    }

    @Override
    public Map<String, Object> runCommandOfClient(ConnectedClient client, JsonNode payload) {
        var id = requests.readRequestFromJsonTree(payload, MarkReadRequest.class).notificationId();
        writes.takeWriteOfActor(client.actor());
        service.markNotificationAsRead(id, client.actor());
        return Map.of("notificationId", id);
    }
}
