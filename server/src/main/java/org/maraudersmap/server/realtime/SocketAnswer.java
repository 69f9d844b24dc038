package org.maraudersmap.server.realtime;

import java.util.LinkedHashMap;
import java.util.Map;
import org.maraudersmap.server.platform.problem.Problem;

/** What an acknowledgement says. */
record SocketAnswer(Map<String, Object> fields) {

    static SocketAnswer ok() {
        return new SocketAnswer(Map.of("ok", true));
    }

    static SocketAnswer refused(Problem refusal) {
        return new SocketAnswer(Map.of("ok", false, "code", refusal.code().name(), "message", refusal.detail()));
    }

    SocketAnswer with(String name, Object value) {
        return with(Map.of(name, value));
    }

    SocketAnswer with(Map<String, Object> others) {
        var more = new LinkedHashMap<>(fields);
        more.putAll(others);
        return new SocketAnswer(more);
    }

    Object toJson() {
        return fields;
    }
}
