package org.maraudersmap.server.presence;

import java.util.Map;
import java.util.Optional;
import org.maraudersmap.server.platform.input.Spelling;
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
        effect.on(client, readIncidentId(payload.path("incidentId")));
        return Map.of();
    }

    /** A text, as it comes over sockets, or a number, as it comes over HTTP. */
    private static String readIncidentId(JsonNode id) {
        return Optional.of(id)
                .filter(given -> given.isIntegralNumber() || given.isString())
                .flatMap(given -> Spelling.readWholeNumber(given.asString()))
                .map(String::valueOf)
                .orElseThrow(() -> Problem.invalidField(
                        "incidentId", "must be the id of an incident, such as 50 or \"50\""));
    }
}
