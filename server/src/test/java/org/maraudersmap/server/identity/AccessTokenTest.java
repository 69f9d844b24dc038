package org.maraudersmap.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.ProductTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ProductTest
class AccessTokenTest {
    private final Api api;
    private final JdbcClient jdbc;
    private final SecretKey key;

    AccessTokenTest(Api api, JdbcClient jdbc, JwtSecret secret) {
        this.api = api;
        this.jdbc = jdbc;
        this.key = secret.key();
    }

    private static JsonNode claimsOf(String token) {
        return new JsonMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.", 3)[1]));
    }

    /** A copy of a good token with something changed, signed with a key of choice. */
    private static String forge(String token, SecretKey key, MacAlgorithm algorithm,
            Consumer<JwtClaimsSet.Builder> change) {
        var good = claimsOf(token);
        var claims = JwtClaimsSet.builder().expiresAt(Instant.now().plus(Duration.ofMinutes(5)));
        for (var name : List.of("sub", "email", "name", "role", "sid", "type", "jti")) {
            claims.claim(name, good.path(name).asString());
        }
        change.accept(claims);
        return NimbusJwtEncoder.withSecretKey(key)
                .algorithm(algorithm)
                .build()
                .encode(JwtEncoderParameters.from(JwsHeader.with(algorithm).build(), claims.build()))
                .getTokenValue();
    }

    private String forge(String token, Consumer<JwtClaimsSet.Builder> change) {
        return forge(token, key, MacAlgorithm.HS256, change);
    }

    private void assertRefused(String token, String code) {
        var answer = api.get("/api/auth/me", token);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
        assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
    }

    @Test
    void should_say_in_the_token_who_it_is() {
        var session = api.registerStudent();

        var claims = claimsOf(session.accessToken());

        assertThat(new TreeSet<>(claims.propertyNames()))
                .containsExactly("email", "exp", "iat", "jti", "name", "role", "sid", "sub", "type");
        assertThat(claims.path("sub").asString()).isEqualTo(session.userId().toString());
        assertThat(claims.path("email").asString()).isEqualTo(session.email());
        assertThat(claims.path("name").asString()).isEqualTo("Neville Longbottom");
        assertThat(claims.path("role").asString()).isEqualTo("STUDENT");
        assertThat(claims.path("type").asString()).isEqualTo("access");
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(900);
        assertThat(claims.path("jti").asString()).isNotEqualTo(
                claimsOf(session.refreshToken()).path("jti").asString());
    }

    @Test
    void should_accept_a_copy_with_the_right_key() {
        var session = api.registerStudent();

        assertThat(api.get("/api/auth/me", forge(session.accessToken(), _ -> {
        })).status()).isEqualTo(200);
    }

    @Test
    void should_refuse_a_request_without_a_token() {
        var answer = api.send("GET", "/api/auth/me", null, null);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void should_refuse_what_is_not_a_token() {
        assertRefused("alohomora", "UNAUTHENTICATED");
        assertRefused("a.b.c", "UNAUTHENTICATED");
        assertRefused("..", "UNAUTHENTICATED");
        assertRefused("x".repeat(4_000), "UNAUTHENTICATED");
    }

    @Test
    void should_know_one_way_only_to_write_a_token() {
        var token = api.registerStudent().accessToken();
        assertThat(api.get("/api/auth/me", token).status()).isEqualTo(200);
        for (var rubbish : List.of("#!#", "=", ".", " x", "AAAA", "\u00e9")) {
            assertRefused(token + rubbish, "UNAUTHENTICATED");
        }
        var last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var sameBytes = last.charAt(last.indexOf(token.charAt(token.length() - 1)) + 1);
        assertRefused(token.substring(0, token.length() - 1) + sameBytes, "UNAUTHENTICATED");
    }

    @Test
    void should_refuse_a_token_before_its_beginning() {
        var token = api.registerStudent().accessToken();
        assertRefused(forge(token, claims -> claims.notBefore(Instant.now().plusSeconds(30))), "UNAUTHENTICATED");
        assertThat(api.get("/api/auth/me", forge(token, claims -> claims.notBefore(Instant.now().minusSeconds(1))))
                .status()).isEqualTo(200);
    }

    @Test
    void should_tell_nothing_of_the_secret() {
        var header = api.registerStudent().accessToken().split("\\.", 3)[0];
        assertThat(new JsonMapper().readTree(Base64.getUrlDecoder().decode(header)).path("kid").asString("1"))
                .isEqualTo("1");
    }

    @Test
    void should_refuse_the_algorithm_none() {
        var parts = api.registerStudent().accessToken().split("\\.", 3);
        var header = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));

        assertRefused(header + "." + parts[1] + ".", "UNAUTHENTICATED");
        assertRefused(header + "." + parts[1] + "." + parts[2], "UNAUTHENTICATED");
    }

    @Test
    void should_refuse_another_algorithm_and_another_key() {
        var token = api.registerStudent().accessToken();
        var longKey = new SecretKeySpec(new byte[64], "HmacSHA512");
        var otherKey = new SecretKeySpec(new byte[32], "HmacSHA256");

        assertRefused(forge(token, longKey, MacAlgorithm.HS512, _ -> {
        }), "UNAUTHENTICATED");
        assertRefused(forge(token, otherKey, MacAlgorithm.HS256, _ -> {
        }), "UNAUTHENTICATED");
    }

    @Test
    void should_refuse_a_token_whose_signature_or_claims_were_changed() {
        var session = api.registerStudent();
        var token = session.accessToken();
        assertThat(api.get("/api/auth/me", token).status()).isEqualTo(200);
        var parts = token.split("\\.", 3);
        var claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replace("STUDENT", "ADMIN");
        var admin = Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        var first = parts[2].charAt(0) == 'A' ? 'B' : 'A';

        assertRefused(parts[0] + "." + admin + "." + parts[2], "UNAUTHENTICATED");
        assertRefused(parts[0] + "." + parts[1] + "." + first + parts[2].substring(1), "UNAUTHENTICATED");
    }

    @Test
    void should_forgive_no_second_after_the_expiry() {
        var token = api.registerStudent().accessToken();

        assertRefused(forge(token, claims -> claims.expiresAt(Instant.now().minusSeconds(1))), "TOKEN_EXPIRED");
    }

    @Test
    void should_check_the_expiry_of_a_token_that_it_knows_already() throws InterruptedException {
        var session = api.registerStudent();
        var brief = forge(session.accessToken(), claims -> claims.expiresAt(Instant.now().plusSeconds(3)));
        assertThat(api.get("/api/auth/me", brief).status()).isEqualTo(200);

        var expiry = Instant.ofEpochSecond(claimsOf(brief).path("exp").asLong());
        Thread.sleep(Math.max(1, Duration.between(Instant.now(), expiry).toMillis() + 2));

        assertRefused(brief, "TOKEN_EXPIRED");
    }

    @Test
    void should_refuse_a_token_without_an_expiry_or_with_strange_claims() {
        var token = api.registerStudent().accessToken();

        assertRefused(forge(token, claims -> claims.claims(all -> all.remove("exp"))), "TOKEN_EXPIRED");
        assertRefused(forge(token, claims -> claims.claims(all -> all.remove("sid"))), "UNAUTHENTICATED");
        assertRefused(forge(token, claims -> claims.claims(all -> all.remove("type"))), "UNAUTHENTICATED");
        assertRefused(forge(token, claims -> claims.claim("sub", "harry")), "UNAUTHENTICATED");
    }

    @Test
    void should_refuse_a_refresh_token_as_access_token() {
        assertRefused(api.registerStudent().refreshToken(), "UNAUTHENTICATED");
    }

    @Test
    void should_refuse_a_session_of_somebody_else_and_one_that_never_was() {
        var mine = api.registerStudent();
        var yours = claimsOf(api.registerStudent().accessToken()).path("sid").asString();

        assertRefused(forge(mine.accessToken(), claims -> claims.claim("sid", yours)), "UNAUTHENTICATED");
        assertRefused(
                forge(mine.accessToken(), claims -> claims.claim("sid", UUID.randomUUID().toString())),
                "UNAUTHENTICATED");
    }

    @Test
    void should_let_the_role_in_force_count_and_not_the_one_in_the_token() {
        var session = api.registerStudent();
        var claimsToBeAdmin = forge(session.accessToken(), claims -> claims.claim("role", "ADMIN"));

        var answer = api.send(
                "PUT", "/api/users/" + session.userId() + "/role", claimsToBeAdmin, Map.of("role", "ADMIN"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("FORBIDDEN");
    }

    @Test
    void should_see_within_a_second_what_another_node_did_without_a_signal() throws InterruptedException {
        var session = api.registerStudent();
        assertThat(api.get("/api/auth/me", session.accessToken()).status()).isEqualTo(200);
        jdbc.sql("update user_sessions set ended_at = now() where user_id = ?").param(session.userId()).update();

        Thread.sleep(1_001);

        assertRefused(session.accessToken(), "UNAUTHENTICATED");
    }
}
