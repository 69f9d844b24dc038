package org.maraudersmap.server.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.eventlog.EventRecorder;
import org.maraudersmap.eventlog.NewEvent;
import org.maraudersmap.eventlog.UserSnapshot;
import org.maraudersmap.server.platform.Role;
import org.springframework.stereotype.Component;

/** The events of this module, recorded in the caller's transaction, which holds the user's row. */
@Component
class AuthEvents {
    private static final String TOPIC = "auth-events";

    private final EventRecorder recorder;

    AuthEvents(EventRecorder recorder) {
        this.recorder = recorder;
    }

    /** The data of every type; what does not apply is left out. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AuthEventData(
            @Nullable UUID userId,
            @Nullable String email,
            @Nullable String reason,
            @Nullable Role role,
            @Nullable Role previousRole) {

        static AuthEventData of(User user) {
            return new AuthEventData(user.id(), user.email(), null, null, null);
        }

        static AuthEventData of(User user, String reason) {
            return new AuthEventData(user.id(), user.email(), reason, null, null);
        }
    }

    void recordRegistrationOfUser(User user) {
        record(user, "user.registered", user.toSnapshot(),
                new AuthEventData(user.id(), user.email(), null, user.role(), null));
    }

    /** Nobody did it: the product itself makes them. */
    void recordCreationOfDemoUser(User user) {
        record(user, "user.registered", null,
                new AuthEventData(user.id(), user.email(), "demo", user.role(), null));
    }

    void recordLoginOfUser(User user) {
        record(user, "user.logged_in", user.toSnapshot(), AuthEventData.of(user));
    }

    /** Nobody signed in did it; the mail is the key where it is nobody's. */
    void recordFailureOfLogin(String email, Optional<User> user, String reason) {
        user.ifPresentOrElse(
                known -> record(known, "user.login_failed", null, AuthEventData.of(known, reason)),
                () -> recorder.record(
                        new NewEvent(
                                TOPIC,
                                email.toLowerCase(Locale.ROOT),
                                "user.login_failed",
                                null,
                                new AuthEventData(null, email, reason, null, null))));
    }

    void recordLogoutOfUser(User user, String reason) {
        record(user, "user.logged_out", user.toSnapshot(), AuthEventData.of(user, reason));
    }

    void recordRefreshOfToken(User user) {
        record(user, "token.refreshed", user.toSnapshot(), AuthEventData.of(user));
    }

    /** Who did it is exactly what is not known. */
    void recordReuseOfToken(User user) {
        record(user, "token.reuse_detected", null, AuthEventData.of(user, "a used refresh token was shown again"));
    }

    void recordChangeOfRole(User user, Role role, UserSnapshot administrator) {
        record(user, "user.role_changed", administrator,
                new AuthEventData(user.id(), user.email(), null, role, user.role()));
    }

    private void record(User user, String type, @Nullable UserSnapshot actor, AuthEventData data) {
        recorder.record(new NewEvent(TOPIC, user.id().toString(), type, actor, data));
    }
}
