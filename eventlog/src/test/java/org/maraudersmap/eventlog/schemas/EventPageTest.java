package org.maraudersmap.eventlog.schemas;

import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.docs.GeneratedPage;
import tools.jackson.databind.json.JsonMapper;

/** Makes {@code docs/events/README.md} from the schemas and from the examples that they are tested with. */
class EventPageTest {
    private static final String SCHEMAS = "../../eventlog/src/main/resources/" + EventSchemas.FOLDER;
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void should_keep_the_page_of_events_true() {
        var page = new StringBuilder(
                """
                        <!-- Made from the schemas by EventPageTest; do not edit. Write it anew: mvn test -Ddocs=write -->
                        # Events

                        Every fact that the product records, by topic, with an example. An event is an
                        [envelope](%1$senvelope.json) whose `data` depends on its type; a user in it is a
                        [snapshot](%1$suser.json), an incident is always [whole](%1$sincident.json). The JSON Schemas (draft 2020-12)
                        refer to one another by file name: keep them in one folder. Every event that any test records is checked
                        against them.

                        Ignore fields and types that you do not know: new ones come without notice.

                        """
                        .formatted(SCHEMAS));
        var topic = "";
        for (var type : EventSchemas.eventTypes()) {
            if (!topic.equals(EventSchemas.topicOf(type))) {
                topic = String.valueOf(EventSchemas.topicOf(type));
                page.append("## ").append(topic).append("\n\n");
            }
            var schema = JSON.readTree(EventSchemas.readFile(type + ".json"));
            page.append("### ").append(type).append("\n\n");
            page.append(schema.path("description").asString());
            page.append(" [Schema](").append(SCHEMAS).append(type).append(".json).\n\n");
            page.append("```json\n").append(EventSchemasTest.example(type)).append("```\n\n");
        }
        GeneratedPage.checkOrWrite("events/README.md", page.toString().stripTrailing() + "\n");
    }
}
