package org.maraudersmap.e2e.page;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.maraudersmap.e2e.harness.Api;

/** Requests of a page that are held back until the test says what comes of them. */
final class HeldRequests {
    private final Page page;
    private final String address;
    private final List<Route> held = new ArrayList<>();

    private HeldRequests(Page page, String address) {
        this.page = page;
        this.address = address;
    }

    /** From now on, until {@link #end()}, those of a method to an address; {@code **} stands for anything. */
    static HeldRequests of(Page page, String method, String address) {
        var requests = new HeldRequests(page, address);
        page.route(address, route -> {
            if (route.request().method().equals(method)) {
                requests.held.add(route);
            } else {
                route.resume();
            }
        });
        return requests;
    }

    void awaitOne() {
        page.waitForCondition(() -> !held.isEmpty());
    }

    /** Lets them go on to the server. */
    void letGo() {
        held.forEach(Route::resume);
        held.clear();
    }

    /** Answers them in the server's stead. */
    void refuse(int status, String code, String detail) {
        var problem = Map.of("status", status, "title", code, "code", code, "detail", detail);
        for (var route : held) {
            route.fulfill(
                    new Route.FulfillOptions().setStatus(status)
                            .setContentType("application/problem+json")
                            .setBody(Api.JSON.writeValueAsString(problem)));
        }
        held.clear();
    }

    /** Holds back no more. */
    void end() {
        page.unroute(address);
    }
}
