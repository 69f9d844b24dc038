package org.maraudersmap.server.identity;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.server.backbone.LogHeaders;
import org.maraudersmap.server.identity.SessionService.Registration;
import org.maraudersmap.server.identity.SessionService.SignedIn;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.ClientAddress;
import org.maraudersmap.server.platform.OpenRoute;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/auth")
class AuthController {
    /** PostgreSQL keeps neither U+0000 nor half a surrogate pair; the other control characters have no place either. */
    private static final String STORABLE = "[^\\p{Cntrl}\\p{Cs}]*";
    private static final String STORABLE_MESSAGE = "must not contain control characters";
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final String EMAIL = "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@" + LABEL + "(?:\\." + LABEL + "){1,32}";
    private static final int SHORTEST_EMAIL = 3;
    private static final int LONGEST_EMAIL = 254;
    private static final int LONGEST_NAME = 100;
    private static final int SHORTEST_PASSWORD = 8;
    private static final int LONGEST_PASSWORD = 128;
    private static final String PASSWORD_MESSAGE = "must have 8 to 128 characters";

    private final SessionService sessions;
    private final UserService users;
    private final FirstAdmin firstAdmin;
    private final EventLog log;

    AuthController(SessionService sessions, UserService users, FirstAdmin firstAdmin, EventLog log) {
        this.sessions = sessions;
        this.users = users;
        this.firstAdmin = firstAdmin;
        this.log = log;
    }

    record RegisterRequest(
            @NotNull @Size(max = LONGEST_EMAIL) @Pattern(regexp = EMAIL, message = "must be a mail address") String email,
            @NotBlank @Size(min = SHORTEST_PASSWORD, max = LONGEST_PASSWORD, message = PASSWORD_MESSAGE) String password,
            @NotBlank @Size(max = LONGEST_NAME) @Pattern(regexp = STORABLE, message = STORABLE_MESSAGE) String firstName,
            @NotBlank @Size(max = LONGEST_NAME) @Pattern(regexp = STORABLE, message = STORABLE_MESSAGE) String lastName,
            @Nullable House house) {}

    record LoginRequest(
            @NotBlank @Size(min = SHORTEST_EMAIL, max = LONGEST_EMAIL) @Pattern(regexp = STORABLE, message = STORABLE_MESSAGE) String email,
            @NotNull String password) {}

    record RefreshRequest(@NotBlank String refreshToken) {}

    record LogoutRequest(@Nullable String refreshToken) {}

    record FirstAdminRequest(@NotBlank String token) {}

    record ChangePasswordRequest(
            @NotNull String oldPassword,
            @NotBlank @Size(min = SHORTEST_PASSWORD, max = LONGEST_PASSWORD, message = PASSWORD_MESSAGE) String newPassword) {}

    @OpenRoute
    @PostMapping("/register")
    @ResponseStatus(HttpStatus.CREATED)
    SignedIn registerStudentWithPassword(
            @Valid @RequestBody RegisterRequest request, ClientAddress address) {
        return sessions.registerStudentWithPassword(
                new Registration(
                        request.email(),
                        request.password(),
                        request.firstName(),
                        request.lastName(),
                        request.house()),
                address);
    }

    @OpenRoute
    @PostMapping("/login")
    SignedIn loginUserWithPassword(@Valid @RequestBody LoginRequest request, ClientAddress address) {
        return sessions.loginUserWithPassword(request.email(), request.password(), address);
    }

    @OpenRoute
    @PostMapping("/refresh")
    SignedIn refreshTokensOfSession(@Valid @RequestBody RefreshRequest request) {
        return sessions.refreshTokensOfSession(request.refreshToken());
    }

    /** Whoever wants to be logged out is, whatever he sends. */
    @OpenRoute
    @PostMapping("/logout")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void logoutSessionOfToken(@RequestBody(required = false) @Nullable LogoutRequest request) {
        Optional.ofNullable(request).map(LogoutRequest::refreshToken).ifPresent(sessions::logoutSessionOfToken);
    }

    @GetMapping("/me")
    ResponseEntity<UserAnswer> showProfileOfActor(Actor actor) {
        var head = log.head();
        var user = users.findUserForActor(actor);
        return ResponseEntity.ok().headers(new LogHeaders(head)).body(new UserAnswer(user));
    }

    /** What the link does that the start prints: makes the actor ADMIN, if FIRST_ADMIN names their mail. */
    @PostMapping("/first-admin")
    UserAnswer makeActorFirstAdmin(@Valid @RequestBody FirstAdminRequest request, Actor actor) {
        return new UserAnswer(firstAdmin.makeActorFirstAdmin(actor, request.token()));
    }

    @PutMapping("/change-password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changePasswordOfActor(
            @Valid @RequestBody ChangePasswordRequest request, Actor actor, ClientAddress address) {
        sessions.changePasswordOfActor(actor, request.oldPassword(), request.newPassword(), address);
    }
}
