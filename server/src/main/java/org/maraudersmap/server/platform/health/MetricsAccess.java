package org.maraudersmap.server.platform.health;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.maraudersmap.server.platform.ActorAuthenticator;
import org.maraudersmap.server.platform.Caller;
import org.maraudersmap.server.platform.Role;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;
import org.maraudersmap.server.platform.settings.Setting;
import org.maraudersmap.server.platform.settings.Settings;
import org.springframework.stereotype.Component;

/** Who may read the meters, which tell what this node is made of and what it does: METRICS_ACCESS decides. */
@Component
class MetricsAccess {
    private static final String OPEN = "open";
    private static final String TOKEN = "token:";

    private final ActorAuthenticator authenticator;
    private final boolean isOpen;
    private final Optional<byte[]> secret;

    MetricsAccess(ActorAuthenticator authenticator, Settings settings) {
        var access = settings.text(Setting.METRICS_ACCESS);
        this.authenticator = authenticator;
        this.isOpen = access.equals(OPEN);
        this.secret = Optional.of(access)
                .filter(text -> text.startsWith(TOKEN))
                .map(text -> bytesOf(text.substring(TOKEN.length())));
    }

    /**
     * Lets a caller pass or not.
     *
     * @throws Problem
     *             {@code UNAUTHENTICATED}, {@code TOKEN_EXPIRED} or {@code FORBIDDEN}
     */
    void refuseCallerWithoutAccess(Caller caller) {
        if (isOpen || (secret.isEmpty() && caller.isLocal()) || showsSecret(caller)) {
            return;
        }
        var token = caller.bearerToken()
                .orElseThrow(
                        () -> Problem.of(
                                ProblemCode.UNAUTHENTICATED,
                                "The meters are for this machine, and for whoever shows an ADMIN's access token"
                                        + " (Authorization: Bearer …); METRICS_ACCESS says so."));
        authenticator.authenticateActorWithToken(token)
                .requireRole(Role.ADMIN, "Only an ADMIN reads the meters from elsewhere.");
    }

    private boolean showsSecret(Caller caller) {
        return secret
                .flatMap(known -> caller.bearerToken().map(token -> MessageDigest.isEqual(known, bytesOf(token))))
                .orElse(false);
    }

    private static byte[] bytesOf(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
