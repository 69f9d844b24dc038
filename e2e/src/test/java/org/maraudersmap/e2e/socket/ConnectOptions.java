package org.maraudersmap.e2e.socket;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How a client connects; options of the official client by its names. Immutable. */
public final class ConnectOptions {
    private final Map<String, Object> options;

    private ConnectOptions(Map<String, Object> options) {
        this.options = options;
    }

    /** By WebSocket, without a token, once. */
    public static ConnectOptions withoutToken() {
        return new ConnectOptions(Map.of("transports", List.of("websocket"), "reconnection", false));
    }

    /** By WebSocket, once, with the token where it belongs. */
    public static ConnectOptions withToken(String token) {
        return withoutToken().with("auth", Map.of("token", token));
    }

    /** By WebSocket, once, with the token in the address. */
    public static ConnectOptions withTokenInQuery(String token) {
        return withoutToken().with("query", Map.of("token", token));
    }

    /** Over these transports, tried in this order. */
    public ConnectOptions over(String... transports) {
        return with("transports", List.of(transports));
    }

    /** Comes back by itself, quickly, as often as it takes. */
    public ConnectOptions comingBack() {
        return with("reconnection", true).with("reconnectionDelay", 20).with("reconnectionDelayMax", 100);
    }

    /** With one more option. */
    public ConnectOptions with(String name, Object value) {
        var all = new HashMap<>(options);
        all.put(name, value);
        return new ConnectOptions(Map.copyOf(all));
    }

    Map<String, Object> asMap() {
        return options;
    }
}
