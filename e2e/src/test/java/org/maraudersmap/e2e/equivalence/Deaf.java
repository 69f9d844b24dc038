package org.maraudersmap.e2e.equivalence;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Clients of which each misses one kind of news. If the comparison finds no fault with them, it proves nothing. */
final class Deaf {
    private final Map<String, Screen> screens = new HashMap<>();
    private final Set<String> kinds;

    Deaf(Set<String> kinds) {
        this.kinds = kinds;
    }

    /** From now on all of them show this. */
    void startFrom(Screen screen) {
        kinds.forEach(kind -> screens.put(kind, screen.copy()));
    }

    /** All hear of it, except the one who misses this kind. */
    void hear(String kind, Consumer<Screen> effect) {
        screens.forEach((missed, screen) -> {
            if (!missed.equals(kind)) {
                effect.accept(screen);
            }
        });
    }

    /** The kinds of which somebody has missed something that can be seen. */
    Set<String> findMissed(Part part, Map<String, JsonNode> fresh) {
        return screens.entrySet()
                .stream()
                .filter(entry -> !Differences.between(entry.getValue().look(part), fresh).isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
