package org.maraudersmap.server.identity;

import java.util.Locale;
import java.util.Optional;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Makes accounts: what registering and the demo users have in common. */
@Service
class AccountService {
    private static final int MOST_TRIES = 20;
    /** A handle must be found in "ask @harry.potter, he knows": no other signs, none at its ends. */
    private static final String NOT_IN_HANDLES = "[^a-z0-9._-]+";
    private static final String AT_ENDS_OF_HANDLES = "^[._-]+|[._-]+$";

    private final UserRepository users;

    AccountService(UserRepository users) {
        this.users = users;
    }

    /** Makes an account with the next free handle; empty if the mail is taken. */
    @Transactional(propagation = Propagation.MANDATORY)
    Optional<Account> createAccountUnlessTaken(NewAccount account) {
        var stem = stemOfHandle(account.email());
        var handle = stem;
        for (var tries = 0; tries < MOST_TRIES; tries++) {
            var created = users.insertAccountUnlessTaken(account, handle);
            if (created.isPresent() || users.existsUserWithEmailAddress(account.email())) {
                return created;
            }
            // Two at once may try the same number; one of them tries the next.
            handle = stem + users.findNextNumberOfHandle(stem);
        }
        throw Problem.of(ProblemCode.CONFLICT, "No handle like " + stem + " is free right now; try again.");
    }

    /**
     * Refuses a mail that somebody has.
     *
     * @throws Problem
     *             {@code CONFLICT}
     */
    void refuseMailThatIsTaken(String email) {
        if (users.existsUserWithEmailAddress(email)) {
            throw mailIsTaken(email);
        }
    }

    static Problem mailIsTaken(String email) {
        return Problem.of(ProblemCode.CONFLICT, "The mail " + email + " is taken; log in, or use another one.");
    }

    /** The mail's local part with nothing in it that cannot be mentioned. */
    static String stemOfHandle(String email) {
        var local = email.substring(0, email.indexOf('@')).toLowerCase(Locale.ROOT);
        var stem = local.replaceAll(NOT_IN_HANDLES, "-").replaceAll(AT_ENDS_OF_HANDLES, "");
        return stem.isEmpty() ? "user" : stem;
    }
}
