package org.maraudersmap.server.identity;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.identity.LoginThrottle.Attempt;
import org.maraudersmap.server.identity.PasswordHasher.Claimant;
import org.maraudersmap.server.identity.SessionRepository.KnownToken;
import org.maraudersmap.server.identity.SessionRepository.TokenRow;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.ClientAddress;
import org.maraudersmap.server.platform.Role;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;
import org.maraudersmap.server.platform.settings.Settings;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Registering, logging in and out, refreshing, changing the password. Passwords are hashed outside of transactions,
 * which would hold a connection meanwhile; what a transaction has ended counts before the answer goes out.
 */
@Service
class SessionService {
    private static final Duration REPEATABLE = Duration.ofSeconds(30);
    private static final int MOST_REPEATS = 20;

    private final AccountService accounts;
    private final UserRepository users;
    private final SessionRepository sessions;
    private final FinishedSessions finished;
    private final TokenService tokens;
    private final PasswordHasher hasher;
    private final LoginThrottle throttle;
    private final LoginNetworks networks;
    private final AuthEvents events;
    private final SessionChanges changes;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final boolean demoUsersMayEnter;

    SessionService(
            AccountService accounts,
            UserRepository users,
            SessionRepository sessions,
            FinishedSessions finished,
            TokenService tokens,
            PasswordHasher hasher,
            LoginThrottle throttle,
            LoginNetworks networks,
            AuthEvents events,
            SessionChanges changes,
            TransactionTemplate transactions,
            Clock clock,
            Settings settings) {
        this.accounts = accounts;
        this.users = users;
        this.sessions = sessions;
        this.finished = finished;
        this.tokens = tokens;
        this.hasher = hasher;
        this.throttle = throttle;
        this.networks = networks;
        this.events = events;
        this.changes = changes;
        this.transactions = transactions;
        this.clock = clock;
        this.demoUsersMayEnter = settings.isDemoDataOn();
    }

    /** A user and his tokens. */
    record SignedIn(User user, String accessToken, String refreshToken) {}

    /** What someone tells of himself. */
    record Registration(String email, String password, String firstName, String lastName, @Nullable House house) {

        /** Without the password: it must not come into a log by accident. */
        @Override
        public String toString() {
            return "Registration[" + email + "]";
        }
    }

    SignedIn registerStudentWithPassword(Registration registration, ClientAddress address) {
        accounts.refuseMailThatIsTaken(registration.email());
        var account = new NewAccount(
                registration.email(),
                registration.firstName(),
                registration.lastName(),
                Role.STUDENT,
                registration.house(),
                hasher.hashPasswordForStorage(registration.password(), Claimant.stranger(address)),
                false,
                clock.instant());
        return transactions.execute(_ -> {
            var user = accounts.createAccountUnlessTaken(account)
                    .map(Account::user)
                    .orElseThrow(() -> AccountService.refusalOfTakenMail(account.email()));
            events.recordRegistrationOfUser(user);
            networks.rememberLoginOfUser(user.id(), address);
            return openSession(user);
        });
    }

    SignedIn loginUserWithPassword(String email, String password, ClientAddress address) {
        var attempt = new Attempt(email, address, networks.hasUserLoggedInFrom(email, address));
        var claimant = attempt.isAtHome() ? Claimant.known(email) : Claimant.stranger(address);
        throttle.refuseAttemptAfterFailures(attempt);
        var account = users.findAccountByEmailAddress(email).filter(this::mayEnter);
        var isRight = account.map(known -> hasher.matchesHashOfPassword(password, known.passwordHash(), claimant))
                .orElseGet(() -> hasher.matchesHashOfNobody(password, claimant));
        if (isRight) {
            // Even the right one is not told to a guesser who has had their tries meanwhile.
            throttle.refuseAttemptAfterFailures(attempt);
        }
        return account.filter(_ -> isRight)
                .flatMap(checked -> openSessionWithCheckedPassword(checked, address))
                .orElseThrow(() -> failLogin(attempt));
    }

    private Optional<SignedIn> openSessionWithCheckedPassword(Account checked, ClientAddress address) {
        var opened = transactions.execute(
                _ -> users.lockAccountOfUserId(checked.id())
                        // It may have been changed since.
                        .filter(account -> account.passwordHash().equals(checked.passwordHash()))
                        .map(Account::user)
                        .map(user -> {
                            events.recordLoginOfUser(user);
                            networks.rememberLoginOfUser(user.id(), address);
                            return openSession(user);
                        }));
        finished.removeFinishedSessionsSometimes();
        return opened;
    }

    private Problem failLogin(Attempt attempt) {
        throttle.countFailureOfAttempt(attempt);
        var email = attempt.email();
        // The same statements whether there is such a user or not: they take the same time.
        transactions.executeWithoutResult(_ -> {
            var account = users.lockAccountByEmailAddress(email);
            var reason = account.map(known -> mayEnter(known) ? "wrong password" : "demo users are off")
                    .orElse("unknown mail");
            events.recordFailureOfLogin(email, account.map(Account::user), reason);
        });
        return Problem.of(ProblemCode.BAD_CREDENTIALS, "Wrong mail or password.");
    }

    private boolean mayEnter(Account account) {
        return demoUsersMayEnter || !account.isDemo();
    }

    private SignedIn openSession(User user) {
        var pair = issuePairOfTokens(user, UUID.randomUUID());
        sessions.insertSessionWithFirstToken(pair.row(), hashOfRefreshToken(pair));
        return pair.signedIn();
    }

    /** Two tokens, and what is kept of them. */
    private record TokenPair(SignedIn signedIn, TokenRow row) {}

    private TokenPair issuePairOfTokens(User user, UUID sessionId) {
        var id = UUID.randomUUID();
        var refresh = tokens.issueTokenForRefresh(user.id(), sessionId);
        return new TokenPair(
                new SignedIn(user, tokens.issueTokenForAccess(id, user, sessionId), refresh.text()),
                new TokenRow(
                        id,
                        user.id(),
                        sessionId,
                        refresh.issuedAt(),
                        refresh.expiresAt()));
    }

    private byte[] hashOfRefreshToken(TokenPair pair) {
        return tokens.hashOfTokenText(pair.signedIn().refreshToken());
    }

    /**
     * Trades a refresh token for the next pair. It may be repeated for {@link #REPEATABLE}, since the answer may have
     * been lost, and as long as nothing that it brought has been used: then it brings another pair, and the first one
     * ends. So of several requests at once, such as of two tabs, the last one has the pair that counts. Any other token
     * that has been used is taken for stolen, and ends the session.
     */
    SignedIn refreshTokensOfSession(String refreshToken) {
        var verified = tokens.verifyTokenForRefreshEvenExpired(refreshToken);
        var hash = tokens.hashOfTokenText(refreshToken);
        var known = sessions.findRefreshTokenByHash(hash).orElseThrow(SessionService::sessionHasEnded);
        var signedIn = transactions.execute(_ -> {
            var user = users.lockAccountOfUserId(known.userId())
                    .filter(this::mayEnter)
                    .map(Account::user)
                    .orElseThrow(SessionService::sessionHasEnded);
            // As it is now that no other refresh of this user can come in between.
            return sessions.findRefreshTokenByHash(hash).filter(this::useOrRepeat).map(used -> {
                tokens.refuseTokenThatExpired(verified);
                return continueSession(user, used);
            });
        });
        changes.forgetSessionOnThisNode(known.sessionId());
        return signedIn.orElseGet(() -> {
            endSession(known, "reuse", events::recordReuseOfToken);
            throw sessionHasEnded();
        });
    }

    /** False if it is neither fresh nor one whose refresh may be repeated. */
    private boolean useOrRepeat(KnownToken token) {
        var now = clock.instant();
        if (token.isWithdrawn() || token.hasSessionEnded()) {
            return false;
        }
        if (token.usedAt().isEmpty()) {
            sessions.markRefreshTokenAsUsed(token.id(), now);
            return true;
        }
        return token.usedAt().filter(used -> now.isBefore(used.plus(REPEATABLE))).isPresent()
                && sessions.withdrawUnusedTokenAfter(token.id(), MOST_REPEATS, now);
    }

    private SignedIn continueSession(User user, KnownToken used) {
        var next = issuePairOfTokens(user, used.sessionId());
        sessions.insertNextTokenOfSession(next.row(), hashOfRefreshToken(next), used.id());
        events.recordRefreshOfToken(user);
        return next.signedIn();
    }

    /** Records what is to be recorded, and tells whoever must know, if it is this that ends the session. */
    private void endSession(KnownToken token, String reason, Consumer<User> event) {
        var user = transactions.execute(
                _ -> users.lockAccountOfUserId(token.userId())
                        .filter(_ -> sessions.endSessionForGood(token.sessionId(), reason, clock.instant()))
                        .map(Account::user)
                        .map(ended -> {
                            event.accept(ended);
                            return ended;
                        }));
        user.ifPresent(ended -> changes.announceEndOfSession(ended.id(), token.sessionId()));
    }

    private static Problem sessionHasEnded() {
        return Problem.of(ProblemCode.UNAUTHENTICATED, "The refresh token is no longer good; log in again.");
    }

    /** Ends the session that a refresh token belongs to, however old it is; nothing happens for any other text. */
    void logoutSessionOfToken(String refreshToken) {
        sessions.findRefreshTokenByHash(tokens.hashOfTokenText(refreshToken))
                .ifPresent(known -> endSession(known, "logout", user -> events.recordLogoutOfUser(user, "logout")));
    }

    /** Changes the password and ends all other sessions. Wrong old passwords count as failed logins. */
    void changePasswordOfActor(Actor actor, String oldPassword, String newPassword, ClientAddress address) {
        var email = actor.user().email();
        var attempt = new Attempt(email, address, networks.hasUserLoggedInFrom(email, address));
        var claimant = Claimant.known(email);
        throttle.refuseAttemptAfterFailures(attempt);
        var account = users.findAccountOfUserId(actor.userId()).orElseThrow(SessionService::wrongOldPassword);
        var isRight = hasher.matchesHashOfPassword(oldPassword, account.passwordHash(), claimant);
        if (!isRight) {
            throttle.countFailureOfAttempt(attempt);
            throw wrongOldPassword();
        }
        throttle.refuseAttemptAfterFailures(attempt);
        if (oldPassword.equals(newPassword)) {
            throw Problem.invalidField("newPassword", "must not be the old one");
        }
        var hash = hasher.hashPasswordForStorage(newPassword, claimant);
        transactions.executeWithoutResult(_ -> {
            var locked = users.lockAccountOfUserId(actor.userId())
                    // Of two changes at once the second one has the wrong old password by now.
                    .filter(now -> now.passwordHash().equals(account.passwordHash()))
                    .orElseThrow(SessionService::wrongOldPassword);
            users.updatePasswordHashOfUser(locked.id(), hash);
            var ended = sessions.endOtherSessionsOfUser(
                    locked.id(), actor.sessionId(), "password changed", clock.instant());
            if (ended > 0) {
                events.recordLogoutOfUser(locked.user(), "password changed");
            }
        });
        changes.announceEndOfOtherSessions(actor.userId(), actor.sessionId());
    }

    private static Problem wrongOldPassword() {
        return Problem.of(ProblemCode.BAD_CREDENTIALS, "The old password is wrong.");
    }
}
