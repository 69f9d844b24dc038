package org.maraudersmap.e2e.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.maraudersmap.e2e.harness.DemoUser;
import org.maraudersmap.e2e.harness.Product;

/** Opens every screen of the page as if for the first time, in a browser of its own; for one thread. */
public final class FirstLoads implements AutoCloseable {
    private static final List<String> BEFORE_SIGNING_IN = List.of("/sign-in", "/register");
    private static final List<String> SCREENS = List.of("/", "/map", "/analytics", "/owl-post", "/profile");

    private final String url;
    private final Chromium chromium = Chromium.launch();
    private final BrowserContext stranger;
    private final BrowserContext guest;
    private final Set<String> asked = new ConcurrentSkipListSet<>();

    /** Signs somebody in. */
    public FirstLoads(Product product) {
        url = "http://localhost:" + product.port();
        stranger = newContext();
        guest = newContext();
        var page = guest.newPage();
        page.navigate("/");
        new Person(page).signInAs(DemoUser.HARRY);
        page.close();
    }

    private BrowserContext newContext() {
        return chromium.browser().newContext(new Browser.NewContextOptions().setBaseURL(url));
    }

    /** Whether there is a browser here. */
    public static boolean arePossible() {
        return Chromium.find().isPresent();
    }

    /** Opens every screen, one of them for an incident, and leaves it once it is there. */
    public void openEveryScreen(long incident) {
        BEFORE_SIGNING_IN.forEach(address -> open(stranger, address, false));
        SCREENS.forEach(address -> open(guest, address, true));
        open(guest, Person.addressOf(incident), true);
    }

    private void open(BrowserContext context, String address, boolean isLive) {
        try (var page = context.newPage()) {
            page.onRequest(request -> note(request.method(), request.url()));
            page.navigate(address, new Page.NavigateOptions());
            if (isLive) {
                new Person(page).awaitPill("live");
            }
        }
    }

    private void note(String method, String address) {
        if (method.equals("GET") && address.startsWith(url) && !address.contains("/socket.io/")) {
            asked.add(address.substring(url.length()));
        }
    }

    /** What the page has read while it was loaded, without sockets: the files, and the routes. */
    public List<String> addressesRead() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        chromium.close();
    }
}
