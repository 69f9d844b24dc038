package org.maraudersmap.e2e.harness;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes bad tokens out of good ones. It needs the product's secret, which a test can set: {@code JWT_SECRET}. */
public final class Tokens {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private Tokens() {}

    /** The same claims, signed anew: good if the secret is. */
    public static String signAgain(String token, String secret) {
        return sign(part(token, 0), part(token, 1), secret);
    }

    /** The same, but made an hour ago, and it ended a second ago. */
    public static String expired(String token, String secret) {
        var claims = (ObjectNode) part(token, 1);
        var now = Instant.now().getEpochSecond();
        claims.put("iat", now - 3_600);
        claims.put("exp", now - 1);
        return sign(part(token, 0), claims, secret);
    }

    /** The same claims, not signed at all and saying so: {@code alg: none}. */
    public static String unsigned(String token) {
        return encode(Api.JSON.valueToTree(Map.of("alg", "none", "typ", "JWT"))) + "." + parts(token).get(1) + ".";
    }

    /** When it ends. */
    static Instant endOf(String token) {
        return Instant.ofEpochSecond(part(token, 1).path("exp").asLong());
    }

    private static List<String> parts(String token) {
        return List.of(token.split("\\.", -1));
    }

    private static JsonNode part(String token, int index) {
        return Api.JSON.readTree(Base64.getUrlDecoder().decode(parts(token).get(index)));
    }

    private static String encode(JsonNode node) {
        return ENCODER.encodeToString(Api.JSON.writeValueAsBytes(node));
    }

    private static String sign(JsonNode header, JsonNode claims, String secret) {
        var signed = encode(header) + "." + encode(claims);
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return signed + "." + ENCODER.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
