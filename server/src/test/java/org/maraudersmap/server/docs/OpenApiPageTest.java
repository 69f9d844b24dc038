package org.maraudersmap.server.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.docs.GeneratedPage;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.ProductTest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@ProductTest
class OpenApiPageTest {
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Api api;

    OpenApiPageTest(Api api) {
        this.api = api;
    }

    @Test
    void should_keep_the_description_of_the_api_true() {
        var served = api.send("GET", "/v3/api-docs", null, null);
        assertThat(served.status()).isEqualTo(200);
        assertThat(served.body().path("openapi").asString()).startsWith("3.1");

        var sorted = (ObjectNode) sort(served.body());
        // What changes with every release is in what is served, not in the file.
        sorted.withObject("info").remove("version");
        GeneratedPage.checkOrWrite("openapi.json", JSON.writeValueAsString(sorted) + "\n");
    }

    /** The order in which routes are found differs from run to run. */
    private static JsonNode sort(JsonNode node) {
        if (node instanceof ArrayNode array) {
            var sorted = JSON.createArrayNode();
            array.forEach(element -> sorted.add(sort(element)));
            return sorted;
        }
        if (node instanceof ObjectNode object) {
            var sorted = JSON.createObjectNode();
            var fields = new TreeMap<String, JsonNode>();
            object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
            fields.forEach((name, value) -> sorted.set(name, sort(value)));
            return sorted;
        }
        return node;
    }
}
