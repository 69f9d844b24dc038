package org.maraudersmap.e2e.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DescribedRoutes;

/**
 * Every route that the product describes, by name ({@code GET /api/incidents/{}}), for tests that ask them often and
 * look at what that leaves behind. Good for as long as an access token is.
 */
public final class EveryRoute {
    private final Api api;
    private final Cast cast;
    private final Map<String, Route> routes = new LinkedHashMap<>();
    private final Map<String, List<BadRequest>> refused = new LinkedHashMap<>();

    /**
     * Logs in whoever asks.
     *
     * @param secret
     *            what the product signs tokens with
     */
    public EveryRoute(Api api, String secret) {
        this.api = api;
        this.cast = Cast.of(api, secret);
        var bad = new BadRequests(cast);
        for (var route : RouteTable.of(cast)) {
            var name = DescribedRoutes.nameOf(route.method(), route.template());
            var requests = new ArrayList<>(bad.to(route));
            // There is always something that a route does not take.
            requests.add(new BadRequest(
                    name + ": another method", "TRACE", route.path(), null, null, List.of(), 0, "", List.of()));
            routes.put(name, route);
            refused.put(name, oneOfEachKindFirst(requests));
        }
    }

    /** So that a few turns see every status. */
    private static List<BadRequest> oneOfEachKindFirst(List<BadRequest> requests) {
        var statuses = new HashSet<Integer>();
        var firsts = requests.stream().filter(bad -> statuses.add(bad.status())).toList();
        var others = requests.stream().filter(bad -> !firsts.contains(bad));
        return Stream.concat(firsts.stream(), others).toList();
    }

    /** The names of all routes. */
    public Set<String> names() {
        return routes.keySet();
    }

    /** The names of those that only read. */
    public List<String> namesOfReadingRoutes() {
        return routes.entrySet()
                .stream()
                .filter(route -> route.getValue().method().equals("GET"))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Reads from a route, with every parameter that it knows. */
    public void read(String name) {
        var route = named(name);
        var query = route.query()
                .stream()
                .map(parameter -> parameter.name() + "=" + parameter.sample())
                .collect(Collectors.joining("&", "?", ""));
        var answer = api.get(route.path() + query, cast.tokenFor(route));
        assertThat(answer.status()).as("%s%s: %s", route, query, answer.text()).isEqualTo(200);
    }

    /** Sends a route what it must refuse, each turn another one. */
    public void askInVain(String name, int turn) {
        var requests = Objects.requireNonNull(refused.get(name));
        var bad = requests.get(turn % requests.size());
        var answer = api.sendText(
                bad.method(), bad.path(), bad.token(), bad.body(), bad.headers().toArray(String[]::new));
        assertThat(answer.status()).as("%s: %s", bad.what(), answer.text()).isBetween(400, 499);
    }

    private Route named(String name) {
        return Objects.requireNonNull(routes.get(name), name);
    }
}
