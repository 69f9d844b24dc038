package org.maraudersmap.server.identity;

import jakarta.validation.constraints.NotNull;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.server.backbone.LogHeaders;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.Role;
import org.maraudersmap.server.platform.problem.Problem;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/users")
class UserController {
    private static final int MOST_ON_PAGE = 200;
    private static final int LONGEST_QUERY = 200;

    private final UserService users;
    private final EventLog log;

    UserController(UserService users, EventLog log) {
        this.users = users;
        this.log = log;
    }

    record RoleRequest(@NotNull Role role) {}

    /** One page; {@code nextCursor} is null on the last one. */
    record UserPage(List<User> users, int count, @Nullable String nextCursor) {}

    @GetMapping
    ResponseEntity<UserPage> searchUsersByNameAndHandle(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(defaultValue = "") String cursor,
            Actor actor) {
        if (q.length() > LONGEST_QUERY || q.chars().anyMatch(Character::isISOControl)) {
            throw Problem.invalidParameter("q", q, "text of at most " + LONGEST_QUERY + " characters");
        }
        if (limit < 1 || limit > MOST_ON_PAGE) {
            throw Problem.invalidParameter("limit", limit, "a whole number from 1 to " + MOST_ON_PAGE);
        }
        var head = log.head();
        // One more than the page holds tells whether there is another one.
        var found = users.searchUsersByNameAndHandle(q.strip(), readCursor(cursor), limit + 1);
        var page = found.subList(0, Math.min(limit, found.size()));
        var next = found.size() > limit ? cursorAfter(page.getLast()) : null;
        return ResponseEntity.ok().headers(new LogHeaders(head)).body(new UserPage(page, page.size(), next));
    }

    @PutMapping("/{id}/role")
    UserAnswer changeRoleOfUser(@PathVariable UUID id, @RequestBody RoleRequest request, Actor actor) {
        return new UserAnswer(users.changeRoleOfUser(actor, id, request.role()));
    }

    /** A cursor is the handle of the last user on the page before. */
    private static String cursorAfter(User last) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(last.handle().getBytes(StandardCharsets.UTF_8));
    }

    private static String readCursor(String cursor) {
        try {
            var handle = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (handle.matches("[a-z0-9._-]*")) {
                return handle;
            }
        } catch (IllegalArgumentException malformed) {
            // refused below
        }
        throw Problem.invalidParameter("cursor", cursor, "a nextCursor of an earlier answer");
    }
}
