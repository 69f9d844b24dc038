package org.maraudersmap.e2e.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Chromium of this machine, without a window. One thread at a time uses it. */
final class Chromium implements AutoCloseable {
    /** The shell first: made to run without a window, it takes half the time for the same pages. */
    private static final List<String> NAMES = List.of(
            "chromium-headless-shell",
            "chromium",
            "chromium-browser",
            "google-chrome",
            "chrome");

    /** In milliseconds: for whatever is expected to appear, on a machine that has much else to do. */
    private static final double PATIENCE = 15_000;

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Where it is: the environment variable CHROMIUM says so, or it is on the PATH. */
    static Optional<Path> find() {
        var named = Stream.ofNullable(System.getenv("CHROMIUM"));
        var folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1);
        var onPath = NAMES.stream().flatMap(name -> Stream.of(folders).map(folder -> folder + File.separator + name));
        return Stream.concat(named, onPath).map(Path::of).filter(Files::isExecutable).findFirst();
    }

    static Chromium launch() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        var executable = find().orElseThrow(() -> new IllegalStateException("There is no Chromium here."));
        // The driver comes from npm and is run by the Node.js of this machine; nothing is downloaded.
        var environment = Map.of("PLAYWRIGHT_NODEJS_PATH", "node", "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        var playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        var browser = playwright.chromium()
                .launch(
                        new LaunchOptions().setExecutablePath(executable)
                                .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-quic",
                                        "--disable-background-networking", "--disable-component-update",
                                        "--disable-sync", "--no-first-run")));
        return new Chromium(playwright, browser);
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
