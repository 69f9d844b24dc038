package org.maraudersmap.server.identity;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.Role;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;
import org.maraudersmap.server.platform.settings.Settings;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Who there is, and who may do what. */
@Service
class UserService {
    private final UserRepository users;
    private final AuthEvents events;
    private final SessionChanges changes;
    private final TransactionTemplate transactions;
    private final boolean demoUsersMayEnter;

    UserService(
            UserRepository users,
            AuthEvents events,
            SessionChanges changes,
            TransactionTemplate transactions,
            Settings settings) {
        this.users = users;
        this.events = events;
        this.changes = changes;
        this.transactions = transactions;
        this.demoUsersMayEnter = settings.isDemoDataOn();
    }

    User findUserForActor(Actor actor) {
        return users.findAccountOfUserId(actor.userId())
                .map(Account::user)
                .orElseThrow(() -> Problem.of(ProblemCode.UNAUTHENTICATED, "The user is gone."));
    }

    List<User> searchUsersByNameAndHandle(String text, String afterHandle, int most) {
        return users.searchUsersByNameAndHandle(text, afterHandle, most);
    }

    User changeRoleOfUser(Actor actor, UUID userId, Role role) {
        if (actor.role() != Role.ADMIN) {
            throw Problem.of(ProblemCode.FORBIDDEN, "Only an ADMIN changes roles.");
        }
        var changed = transactions.execute(_ -> {
            var locked = users.lockAccountOfUserAndAdmins(userId);
            var user = locked.stream()
                    .filter(account -> account.id().equals(userId))
                    .findFirst()
                    .orElseThrow(() -> Problem.notFound("user", userId))
                    .user();
            if (user.role() == role) {
                return user;
            }
            refuseToLoseLastAdmin(locked, user);
            users.updateRoleOfUser(userId, role);
            events.recordChangeOfRole(user, role, actor.user());
            return user.withRole(role);
        });
        changes.announceRoleOfUser(userId, changed.role());
        return changed;
    }

    static boolean isThereAnAdminWhoCanLogIn(Collection<Account> accounts, boolean demoUsersMayEnter) {
        return accounts.stream()
                .filter(account -> account.user().role() == Role.ADMIN)
                .anyMatch(account -> demoUsersMayEnter || !account.isDemo());
    }

    private void refuseToLoseLastAdmin(List<Account> locked, User user) {
        var others = locked.stream().filter(account -> !account.id().equals(user.id())).toList();
        if (user.role() == Role.ADMIN && !isThereAnAdminWhoCanLogIn(others, demoUsersMayEnter)) {
            throw Problem.of(ProblemCode.CONFLICT, "This is the last ADMIN; make somebody else one first.");
        }
    }
}
