package org.maraudersmap.server.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;
import org.maraudersmap.server.platform.settings.Setting;
import org.maraudersmap.server.platform.settings.Settings;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.stereotype.Component;

/** Makes and reads the tokens: JWT, HS256. What they say is only the beginning: sessions and roles are asked for. */
@Component
class TokenService {
    private static final String TYPE = "type";
    private static final String SESSION = "sid";
    private static final JwsHeader HEADER = JwsHeader.with(MacAlgorithm.HS256).type("JWT").build();
    /**
     * The one way to write a token: base64url without padding, and a signature of 32 bytes whose last letter has no
     * bits to spare. The decoder would overlook what follows, so one token could be written in any number of ways.
     */
    private static final Pattern GRAMMAR = Pattern
            .compile("[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]");
    private static final int LONGEST_TOKEN = 2_048;
    private static final String KEY_ID = "1";
    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    /** In characters of the tokens, which take a byte each; some 20 000 tokens. */
    private static final long MOST_REMEMBERED = 10_000_000;

    private final JwtEncoder encoder;
    private final JwtDecoder decoder;
    private final Clock clock;
    private final Duration accessLifetime;
    private final Duration refreshLifetime;
    /** Saves a busy client the HMAC and the JSON of every request; only tokens with a good signature get in. */
    private final Cache<String, VerifiedToken> verified = Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED)
            .maximumWeight(MOST_REMEMBERED)
            .weigher((String text, VerifiedToken _) -> text.length())
            .build();

    TokenService(JwtSecret secret, Clock clock, Settings settings) {
        this.encoder = NimbusJwtEncoder.withSecretKey(secret.key())
                .algorithm(MacAlgorithm.HS256)
                // By default it is a hash of the secret, against which anybody could try guesses.
                .jwkPostProcessor(key -> key.keyID(KEY_ID))
                .build();
        var nimbus = NimbusJwtDecoder.withSecretKey(secret.key()).macAlgorithm(MacAlgorithm.HS256).build();
        // Both ends of a token's life are checked here, at every use and without any leeway; the default forgives a
        // minute.
        nimbus.setJwtValidator(_ -> OAuth2TokenValidatorResult.success());
        this.decoder = nimbus;
        this.clock = clock;
        this.accessLifetime = settings.duration(Setting.ACCESS_TOKEN_TTL);
        this.refreshLifetime = settings.duration(Setting.REFRESH_TOKEN_TTL);
    }

    private enum Type {
        ACCESS, REFRESH;

        String claim() {
            return this == ACCESS ? "access" : "refresh";
        }
    }

    /** A token whose signature is good. */
    record VerifiedToken(
            UUID id,
            UUID userId,
            UUID sessionId,
            String type,
            Instant issuedAt,
            Instant notBefore,
            Instant expiresAt) {}

    /** A refresh token that is to be given out. */
    record NewRefreshToken(String text, Instant issuedAt, Instant expiresAt) {}

    String issueTokenForAccess(UUID id, User user, UUID sessionId) {
        var now = now();
        return encode(claims(Type.ACCESS, user.id(), sessionId, now, now.plus(accessLifetime)).id(id.toString())
                .claim("email", user.email())
                .claim("name", user.name())
                .claim("role", user.role().name()));
    }

    NewRefreshToken issueTokenForRefresh(UUID userId, UUID sessionId) {
        var now = now();
        var expiresAt = now.plus(refreshLifetime);
        var text = encode(claims(Type.REFRESH, userId, sessionId, now, expiresAt));
        return new NewRefreshToken(text, now, expiresAt);
    }

    /** A JWT counts in whole seconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private static JwtClaimsSet.Builder claims(
            Type type, UUID userId, UUID sessionId, Instant now, Instant expiresAt) {
        return JwtClaimsSet.builder()
                .subject(userId.toString())
                .claim(SESSION, sessionId.toString())
                .claim(TYPE, type.claim())
                .id(UUID.randomUUID().toString())
                .issuedAt(now)
                .expiresAt(expiresAt);
    }

    private String encode(JwtClaimsSet.Builder claims) {
        return encoder.encode(JwtEncoderParameters.from(HEADER, claims.build())).getTokenValue();
    }

    /**
     * Reads an access token.
     *
     * @throws Problem
     *             {@code TOKEN_EXPIRED} or {@code UNAUTHENTICATED}
     */
    VerifiedToken verifyTokenForAccess(String text) {
        requireGrammar(text);
        return refuseTokenThatExpired(requireType(Type.ACCESS, verified.get(text, this::verifySignatureOfToken)));
    }

    /**
     * Reads a refresh token, an expired one too; whether it may still be used, the database knows.
     *
     * @throws Problem
     *             {@code UNAUTHENTICATED}
     */
    VerifiedToken verifyTokenForRefreshEvenExpired(String text) {
        requireGrammar(text);
        return requireType(Type.REFRESH, verifySignatureOfToken(text));
    }

    /**
     * Lets a token pass or not: it is good from its beginning until its expiry, and not a moment longer.
     *
     * @throws Problem
     *             {@code TOKEN_EXPIRED}, or {@code UNAUTHENTICATED} before its beginning
     */
    VerifiedToken refuseTokenThatExpired(VerifiedToken token) {
        if (clock.instant().isBefore(token.notBefore())) {
            throw Problem.of(ProblemCode.UNAUTHENTICATED, "The token is not valid before " + token.notBefore() + ".");
        }
        if (!clock.instant().isBefore(token.expiresAt())) {
            throw Problem.of(ProblemCode.TOKEN_EXPIRED, "The token expired at " + token.expiresAt() + ".");
        }
        return token;
    }

    private static VerifiedToken requireType(Type type, VerifiedToken token) {
        if (!token.type().equals(type.claim())) {
            throw Problem.of(ProblemCode.UNAUTHENTICATED, "This is no " + type.claim() + " token.");
        }
        return token;
    }

    private static void requireGrammar(String text) {
        if (text.length() > LONGEST_TOKEN || !GRAMMAR.matcher(text).matches()) {
            throw notValid();
        }
    }

    private static Problem notValid() {
        return Problem.of(ProblemCode.UNAUTHENTICATED, "The token is not valid.");
    }

    private VerifiedToken verifySignatureOfToken(String text) {
        try {
            var jwt = decoder.decode(text);
            return new VerifiedToken(
                    UUID.fromString(claim(jwt, "jti")),
                    UUID.fromString(claim(jwt, "sub")),
                    UUID.fromString(claim(jwt, SESSION)),
                    claim(jwt, TYPE),
                    Optional.ofNullable(jwt.getIssuedAt()).orElse(Instant.MIN),
                    Optional.ofNullable(jwt.getNotBefore()).orElse(Instant.MIN),
                    Optional.ofNullable(jwt.getExpiresAt()).orElse(Instant.MIN));
        } catch (JwtException | IllegalArgumentException notOurs) {
            throw notValid();
        }
    }

    private static String claim(Jwt jwt, String name) {
        return Optional.ofNullable(jwt.getClaimAsString(name)).orElse("");
    }

    /** What the database keeps of a token. Tokens are signed and random, so a fast hash is enough. */
    byte[] hashOfTokenText(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
