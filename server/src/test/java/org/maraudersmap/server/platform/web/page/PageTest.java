package org.maraudersmap.server.platform.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.Api.Answer;
import org.maraudersmap.server.support.ProductTest;

/** With the page that the build has made. */
@ProductTest
class PageTest {
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final Pattern SCRIPT = Pattern.compile("src=\"(/assets/[^\"]+\\.js)\"");

    private final Api api;

    PageTest(Api api) {
        this.api = api;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/incidents/42", "/incidents/42?severity=%5B%22CRITICAL%22%5D", "/map", "/analytics",
            "/owl-post", "/sign-in", "/no/such/corridor"})
    void should_answer_a_browser_with_the_page_wherever_it_goes(String address) {
        var answer = browse(address);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(answer.header("Cache-Control")).hasValue("no-cache");
        assertThat(answer.text()).contains("<div id=\"root\">").containsPattern(SCRIPT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/nowhere", "/api/incidents", "/health", "/metrics", "/v3/api-docs", "/v3/nowhere",
            "/assets/gone-abc.js", "/socket.io/"})
    void should_leave_to_the_server_what_is_its_own(String address) {
        assertThat(browse(address).text()).doesNotContain("<div id=\"root\">");
    }

    @Test
    void should_still_refuse_programs_that_go_astray() {
        var answer = api.send("GET", "/no/such/corridor", null, null, "Accept", "*/*");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("NOT_FOUND");
        assertThat(api.send("POST", "/incidents/42", null, null, "Accept", BROWSER).status()).isEqualTo(404);
    }

    @Test
    void should_let_nothing_foreign_and_nothing_inline_run() {
        var policy = browse("/").header("Content-Security-Policy").orElseThrow();

        assertThat(Arrays.stream(policy.split(";")).map(String::strip)).contains(
                "default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'");
        assertThat(policy).doesNotContain("unsafe");
        assertThat(browse("/").header("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(browse("/").header("X-Frame-Options")).hasValue("DENY");
    }

    @Test
    void should_let_browsers_keep_for_good_what_has_its_content_in_its_name() {
        var script = api.send("GET", scriptOfPage(), null, null);

        assertThat(script.status()).isEqualTo(200);
        assertThat(script.header("Content-Type").orElseThrow()).startsWith("text/javascript");
        assertThat(script.header("Cache-Control")).hasValue("public, max-age=31536000, immutable");
    }

    @Test
    void should_send_it_packed_as_the_browser_likes_it() {
        var plain = api.send("GET", scriptOfPage(), null, null);
        var gzip = api.send("GET", scriptOfPage(), null, null, "Accept-Encoding", "gzip, deflate");
        var brotli = api.send("GET", scriptOfPage(), null, null, "Accept-Encoding", "gzip, deflate, br, zstd");

        assertThat(plain.header("Content-Encoding")).isEmpty();
        assertThat(gzip.header("Content-Encoding")).hasValue("gzip");
        assertThat(brotli.header("Content-Encoding")).hasValue("br");
        assertThat(lengthOf(brotli)).isLessThan(lengthOf(gzip));
        assertThat(lengthOf(gzip)).isLessThan(lengthOf(plain) / 2);
        assertThat(gzip.header("Vary").orElseThrow()).contains("Accept-Encoding");
    }

    @Test
    void should_not_send_the_page_again_to_who_has_it() {
        var tag = browse("/").header("ETag").orElseThrow();

        var again = api.send("GET", "/", null, null, "Accept", BROWSER, "If-None-Match", tag);

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.text()).isEmpty();
    }

    @Test
    void should_tell_without_sending() {
        var answer = api.send("HEAD", "/", null, null, "Accept", BROWSER);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(lengthOf(answer)).isPositive();
        assertThat(answer.text()).isEmpty();
    }

    private Answer browse(String address) {
        return api.send("GET", address, null, null, "Accept", BROWSER);
    }

    private String scriptOfPage() {
        var script = SCRIPT.matcher(browse("/").text());
        assertThat(script.find()).isTrue();
        return script.group(1);
    }

    private static long lengthOf(Answer answer) {
        return answer.header("Content-Length").map(Long::parseLong).orElseThrow();
    }
}
