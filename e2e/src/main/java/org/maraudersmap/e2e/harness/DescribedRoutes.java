package org.maraudersmap.e2e.harness;

import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** The routes that a product describes in its OpenAPI document, by name: {@code GET /api/incidents/{}}. */
public final class DescribedRoutes {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private DescribedRoutes() {}

    /** All of them. */
    public static SortedSet<String> of(Api api) {
        var described = new TreeSet<String>();
        var document = api.get("/v3/api-docs", null).expect(200).body();
        document.path("paths").properties().forEach(path -> path.getValue().propertyNames().forEach(method -> {
            if (METHODS.contains(method)) {
                described.add(nameOf(method, path.getKey()));
            }
        }));
        return described;
    }

    /** The name of a route, whatever its parameters are called. */
    public static String nameOf(String method, String path) {
        return method.toUpperCase(Locale.ROOT) + " " + path.replaceAll("\\{\\w+}", "{}");
    }
}
