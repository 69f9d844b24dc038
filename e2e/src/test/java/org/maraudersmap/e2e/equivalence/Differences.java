package org.maraudersmap.e2e.equivalence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Where two screens differ, in words. */
final class Differences {
    private Differences() {}

    /** One line for everything that is missing, too many or otherwise; none if they show the same. */
    static List<String> between(Map<String, JsonNode> live, Map<String, JsonNode> fresh) {
        var all = new TreeSet<>(live.keySet());
        all.addAll(fresh.keySet());
        var differences = new ArrayList<String>();
        for (var what : all) {
            var left = live.getOrDefault(what, MissingNode.getInstance());
            var right = fresh.getOrDefault(what, MissingNode.getInstance());
            if (!left.equals(right)) {
                differences.add(what + ": " + describe(left, right));
            }
        }
        return differences;
    }

    private static String describe(JsonNode live, JsonNode fresh) {
        if (live.isMissingNode()) {
            return "missing, fresh it is " + fresh;
        }
        if (fresh.isMissingNode()) {
            return "there is none any more, live it is " + live;
        }
        if (!live.isObject() || !fresh.isObject()) {
            return "live " + live + ", fresh " + fresh;
        }
        var names = new TreeSet<>(live.propertyNames());
        names.addAll(fresh.propertyNames());
        names.removeIf(name -> live.path(name).equals(fresh.path(name)));
        return String.join(
                ", ",
                names.stream().map(name -> name + " live " + live.path(name) + " fresh " + fresh.path(name)).toList());
    }
}
