package org.maraudersmap.server.identity;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.maraudersmap.server.platform.StartRefusedException;
import org.maraudersmap.server.platform.database.DataDirectory;
import org.maraudersmap.server.platform.settings.Setting;
import org.maraudersmap.server.platform.settings.Settings;

/** The key that signs tokens: JWT_SECRET, or one made once and kept in the data directory. */
record JwtSecret(SecretKey key) {
    private static final String FILE = "jwt-secret";
    private static final int LEAST_BYTES = 32;

    static JwtSecret of(Settings settings, DataDirectory directory) {
        // Without a database of its own, a node that makes its own key would refuse the others' tokens: Settings then
        // insists on JWT_SECRET.
        var text = settings.find(Setting.JWT_SECRET).orElseGet(() -> directory.keepText(FILE, JwtSecret::makeText));
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < LEAST_BYTES) {
            throw new StartRefusedException(
                    "The secret kept in " + directory.resolve(FILE)
                            + " is too short; delete the file to have a new one made (everyone logs in again).");
        }
        return new JwtSecret(new SecretKeySpec(bytes, "HmacSHA256"));
    }

    private static String makeText() {
        var bytes = new byte[48];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "JwtSecret";
    }
}
