package org.maraudersmap.server.presence;

import java.util.Map;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.realtime.ClientCommand;
import org.maraudersmap.server.realtime.ConnectedClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

/** {@code typing:start} and {@code typing:stop}. */
record TypingCommand(String nameOfClientEvent, Effect effect) implements ClientCommand {

    private interface Effect {
        void on(ConnectedClient client, String incidentId);
    }

    @Configuration(proxyBeanMethods = false)
    static class Commands {

        @Bean
        ClientCommand typingStart(TypingService typing) {
            return new TypingCommand("typing:start", typing::beginTypingOfClient);
        }

        @Bean
        ClientCommand typingStop(TypingService typing) {
            return new TypingCommand("typing:stop", typing::endTypingOfClient);
        }
    }

    @Override
    public Map<String, Object> runCommandOfClient(ConnectedClient client, JsonNode payload) {
        var incidentId = payload.path("incidentId");
        if (!incidentId.isString() || incidentId.stringValue().isBlank()) {
            throw Problem.invalidField("incidentId", "must be a text");
        }
        effect.on(client, incidentId.stringValue());
        return Map.of();
    }
}
