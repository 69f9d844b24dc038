package org.maraudersmap.server.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import java.util.Set;
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
    private static final String REGISTERED = "user.registered";
    private static final String LOGGED_IN = "user.logged_in";
    private static final String LOGIN_FAILED = "user.login_failed";
    private static final String LOGGED_OUT = "user.logged_out";
    private static final String REFRESHED = "token.refreshed";
    private static final String REUSE_DETECTED = "token.reuse_detected";
    private static final String ROLE_CHANGED = "user.role_changed";
    /** All that this module records. */
    static final Set<String> TYPES = Set.of(
            REGISTERED, LOGGED_IN, LOGIN_FAILED, LOGGED_OUT, REFRESHED, REUSE_DETECTED, ROLE_CHANGED);

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
        record(user, REGISTERED, user.toSnapshot(),
                new AuthEventData(user.id(), user.email(), null, user.role(), null));
    }

    /** Nobody did it: the product itself makes them. */
    void recordCreationOfDemoUser(User user) {
        record(user, REGISTERED, null,
                new AuthEventData(user.id(), user.email(), "demo", user.role(), null));
    }

    void recordLoginOfUser(User user) {
        record(user, LOGGED_IN, user.toSnapshot(), AuthEventData.of(user));
    }

    /** Nobody signed in did it; the mail is the key where it is nobody's. */
    void recordFailureOfLogin(String email, Optional<User> user, String reason) {
        user.ifPresentOrElse(
                known -> record(known, LOGIN_FAILED, null, AuthEventData.of(known, reason)),
                () -> recorder.record(
                        new NewEvent(
                                TOPIC,
                                UserRepository.lowerCaseOfEmailAddress(email),
                                LOGIN_FAILED,
                                null,
                                new AuthEventData(null, email, reason, null, null))));
    }

    void recordLogoutOfUser(User user, String reason) {
        record(user, LOGGED_OUT, user.toSnapshot(), AuthEventData.of(user, reason));
    }

    void recordRefreshOfToken(User user) {
        record(user, REFRESHED, user.toSnapshot(), AuthEventData.of(user));
    }

    /** Who did it is exactly what is not known. */
    void recordReuseOfToken(User user) {
        record(user, REUSE_DETECTED, null, AuthEventData.of(user, "a used refresh token was shown again"));
    }

    void recordChangeOfRole(User user, Role role, @Nullable UserSnapshot administrator) {
        record(user, ROLE_CHANGED, administrator,
                new AuthEventData(user.id(), user.email(), null, role, user.role()));
    }

    private void record(User user, String type, @Nullable UserSnapshot actor, AuthEventData data) {
        recorder.record(new NewEvent(TOPIC, user.id().toString(), type, actor, data));
    }
}
