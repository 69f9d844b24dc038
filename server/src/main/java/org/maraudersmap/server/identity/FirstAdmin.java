package org.maraudersmap.server.identity;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.Role;
import org.maraudersmap.server.platform.StartNotice;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;
import org.maraudersmap.server.platform.settings.Setting;
import org.maraudersmap.server.platform.settings.Settings;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Only an ADMIN makes others one, so somebody has to be the first. To have the mail that FIRST_ADMIN names is not
 * enough, as anybody can register it: one also needs the link that the start prints, which shows that one runs the
 * product. It works once, for a day, and only while there is no ADMIN who can log in.
 */
@Service
class FirstAdmin implements StartNotice {
    private static final Duration LIFE_OF_LINK = Duration.ofDays(1);
    private static final int BYTES_OF_TOKEN = 32;

    private final UserRepository users;
    private final FirstAdminLinks links;
    private final AuthEvents events;
    private final SessionChanges changes;
    private final TokenService tokens;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final Settings settings;
    private final SecureRandom random = new SecureRandom();

    FirstAdmin(
            UserRepository users,
            FirstAdminLinks links,
            AuthEvents events,
            SessionChanges changes,
            TokenService tokens,
            TransactionTemplate transactions,
            Clock clock,
            Settings settings) {
        this.users = users;
        this.links = links;
        this.events = events;
        this.changes = changes;
        this.tokens = tokens;
        this.transactions = transactions;
        this.clock = clock;
        this.settings = settings;
    }

    @Override
    public Optional<String> describeWhatIsToDo(String url) {
        return settings.find(Setting.FIRST_ADMIN)
                .filter(_ -> !isThereAnAdmin())
                .map(email -> {
                    var token = makeToken();
                    var expiresAt = clock.instant().plus(LIFE_OF_LINK);
                    links.insertLinkForEmailAddress(tokens.hashOfTokenText(token), email, expiresAt);
                    return "There is no ADMIN yet. Whoever is signed in as " + email + " becomes one at " + url
                            + "/first-admin#token=" + token + " , once, until " + expiresAt + ".";
                });
    }

    private boolean isThereAnAdmin() {
        return UserService.isThereAnAdminWhoCanLogIn(users.findAccountsOfAllAdmins(), settings.isDemoDataOn());
    }

    private String makeToken() {
        var bytes = new byte[BYTES_OF_TOKEN];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Makes an actor the first ADMIN.
     *
     * @throws Problem
     *             {@code FORBIDDEN} if the token is of no link that is good for their mail, or if there is an ADMIN
     */
    User makeActorFirstAdmin(Actor actor, String token) {
        var changed = transactions.execute(_ -> {
            var accounts = users.lockAccountOfUserAndAdmins(actor.userId());
            var isGood = links.deleteLinkForEmailAddress(
                    tokens.hashOfTokenText(token), actor.user().email(), clock.instant());
            if (!isGood) {
                throw Problem.of(
                        ProblemCode.FORBIDDEN,
                        "The link is not good: it has been used, has expired, or is for another mail than "
                                + actor.user().email() + ". The next start with FIRST_ADMIN prints another one.");
            }
            if (UserService.isThereAnAdminWhoCanLogIn(accounts, settings.isDemoDataOn())) {
                throw Problem.of(ProblemCode.FORBIDDEN, "There is an ADMIN already, who makes others one.");
            }
            var user = accountOf(actor.userId());
            users.updateRoleOfUser(user.id(), Role.ADMIN);
            links.deleteAllLinksForGood();
            events.recordChangeOfRole(user, Role.ADMIN, actor.user());
            return user.withRole(Role.ADMIN);
        });
        changes.announceRoleOfUser(changed.id(), changed.role());
        return changed;
    }

    private User accountOf(UUID userId) {
        return users.findAccountOfUserId(userId)
                .map(Account::user)
                .orElseThrow(() -> Problem.of(ProblemCode.UNAUTHENTICATED, "The user is gone."));
    }
}
