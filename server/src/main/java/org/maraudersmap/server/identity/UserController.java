package org.maraudersmap.server.identity;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.Role;
import org.maraudersmap.server.platform.problem.Problem;
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

    UserController(UserService users) {
        this.users = users;
    }

    record RoleRequest(@NotNull Role role) {}

    /** One page; {@code nextCursor} is null on the last one. */
    record UserPage(List<User> users, int count, @Nullable String nextCursor) {}

    @GetMapping
    UserPage searchUsersByNameAndHandle(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "50") String limit,
            @RequestParam(defaultValue = "") String cursor,
            Actor actor) {
        if (q.length() > LONGEST_QUERY || q.chars().anyMatch(Character::isISOControl)) {
            throw Problem.invalidParameter("q", q, "text of at most " + LONGEST_QUERY + " characters");
        }
        var most = readLimit(limit);
        // One more than the page holds tells whether there is another one.
        var found = users.searchUsersByNameAndHandle(q.strip(), readCursor(cursor), most + 1);
        var page = found.subList(0, Math.min(most, found.size()));
        return new UserPage(page, page.size(), found.size() > most ? cursorAfter(page.getLast()) : null);
    }

    @PutMapping("/{id}/role")
    UserAnswer changeRoleOfUser(@PathVariable String id, @Valid @RequestBody RoleRequest request, Actor actor) {
        return new UserAnswer(users.changeRoleOfUser(actor, readId(id), request.role()));
    }

    private static int readLimit(String limit) {
        try {
            var number = Integer.parseInt(limit);
            if (number >= 1 && number <= MOST_ON_PAGE) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // refused below
        }
        throw Problem.invalidParameter("limit", limit, "a whole number from 1 to " + MOST_ON_PAGE);
    }

    private static UUID readId(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException malformed) {
            throw Problem.invalidParameter("id", id, "a UUID");
        }
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
