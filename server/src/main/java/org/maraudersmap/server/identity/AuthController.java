package org.maraudersmap.server.identity;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.server.backbone.LogHeaders;
import org.maraudersmap.server.identity.SessionService.Registration;
import org.maraudersmap.server.identity.SessionService.SignedIn;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.ClientAddress;
import org.maraudersmap.server.platform.OpenRoute;
import org.maraudersmap.server.platform.input.Text;
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
    private static final String ONE_LINE = "[^\\t\\n]*";
    private static final String ONE_LINE_MESSAGE = "must be on one line, without tabs";
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final String EMAIL = "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@" + LABEL + "(?:\\." + LABEL + "){1,32}";
    private static final int SHORTEST_EMAIL = 3;
    private static final int LONGEST_EMAIL = 254;
    private static final int LONGEST_NAME = 100;
    private static final int SHORTEST_PASSWORD = 8;
    private static final int LONGEST_PASSWORD = 128;

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
            @NotNull @Text(longest = LONGEST_EMAIL) @Pattern(regexp = EMAIL, message = "must be a mail address") String email,
            @NotNull @Text(shortest = SHORTEST_PASSWORD, longest = LONGEST_PASSWORD, visible = true, verbatim = true) String password,
            @NotNull @Text(longest = LONGEST_NAME, visible = true) @Pattern(regexp = ONE_LINE, message = ONE_LINE_MESSAGE) String firstName,
            @NotNull @Text(longest = LONGEST_NAME, visible = true) @Pattern(regexp = ONE_LINE, message = ONE_LINE_MESSAGE) String lastName,
            @Nullable House house) {}

    record LoginRequest(
            @NotNull @Text(shortest = SHORTEST_EMAIL, longest = LONGEST_EMAIL, visible = true) @Pattern(regexp = ONE_LINE, message = ONE_LINE_MESSAGE) String email,
            @NotNull @Text(verbatim = true) String password) {}

    record RefreshRequest(@NotNull @Text(visible = true, verbatim = true) String refreshToken) {}

    record LogoutRequest(@Nullable @Text(verbatim = true) String refreshToken) {}

    record FirstAdminRequest(@NotNull @Text(visible = true, verbatim = true) String token) {}

    record ChangePasswordRequest(
            @NotNull @Text(verbatim = true) String oldPassword,
            @NotNull @Text(shortest = SHORTEST_PASSWORD, longest = LONGEST_PASSWORD, visible = true, verbatim = true) String newPassword) {}

    @OpenRoute
    @PostMapping("/register")
    @ResponseStatus(HttpStatus.CREATED)
    SignedIn registerStudentWithPassword(
            @RequestBody RegisterRequest request, ClientAddress address) {
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
    SignedIn loginUserWithPassword(@RequestBody LoginRequest request, ClientAddress address) {
        return sessions.loginUserWithPassword(request.email(), request.password(), address);
    }

    @OpenRoute
    @PostMapping("/refresh")
    SignedIn refreshTokensOfSession(@RequestBody RefreshRequest request) {
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
    UserAnswer makeActorFirstAdmin(@RequestBody FirstAdminRequest request, Actor actor) {
        return new UserAnswer(firstAdmin.makeActorFirstAdmin(actor, request.token()));
    }

    @PutMapping("/change-password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changePasswordOfActor(
            @RequestBody ChangePasswordRequest request, Actor actor, ClientAddress address) {
        sessions.changePasswordOfActor(actor, request.oldPassword(), request.newPassword(), address);
    }
}
