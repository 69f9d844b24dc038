package org.maraudersmap.server.identity;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.maraudersmap.eventlog.UserSnapshot;
import org.maraudersmap.server.platform.Role;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Users, for the other modules: as they are now in the database, in the caller's transaction if there is one. */
@Component
public class UserDirectory {
    private final UserRepository users;

    UserDirectory(UserRepository users) {
        this.users = users;
    }

    /** One user, if he exists. */
    public Optional<UserSnapshot> findUserSnapshotById(UUID id) {
        return Optional.ofNullable(findUserSnapshotsByIds(List.of(id)).get(id));
    }

    /** Many users in one query, by id; those who do not exist are missing. */
    public Map<UUID, UserSnapshot> findUserSnapshotsByIds(Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return users.findUsersWithIdsAmong(ids)
                .stream()
                .map(User::toSnapshot)
                .collect(Collectors.toUnmodifiableMap(UserSnapshot::id, Function.identity()));
    }

    /** The user with a mail, in whatever case it is written. */
    public Optional<UserSnapshot> findUserSnapshotByEmail(String email) {
        return users.findAccountByEmailAddress(email).map(Account::user).map(User::toSnapshot);
    }

    /** Many users in one query, by handle (which is lower case); those who do not exist are missing. */
    public Map<String, UserSnapshot> findUserSnapshotsByHandles(Collection<String> handles) {
        if (handles.isEmpty()) {
            return Map.of();
        }
        return users.findUsersWithHandlesAmong(handles.stream().map(handle -> handle.toLowerCase(Locale.ROOT)).toList())
                .stream()
                .map(User::toSnapshot)
                .collect(Collectors.toUnmodifiableMap(UserSnapshot::handle, Function.identity()));
    }

    /** Everyone who has exactly this role. */
    public List<UserSnapshot> findUserSnapshotsByRole(Role role) {
        return users.findUsersInRoleOf(role).stream().map(User::toSnapshot).toList();
    }

    /**
     * Locks users, always in the same order, until the caller's transaction ends; gives those who exist. Whoever
     * records events of a user holds this lock, which keeps them in the order of the commits.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Set<UUID> lockUsersWithIds(Collection<UUID> ids) {
        return ids.isEmpty() ? Set.of() : Set.copyOf(users.lockUsersWithIdsAmong(ids));
    }

    /** The role of a user, if he exists; it stays so until the caller's transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Role> holdRoleOfUser(UUID id) {
        return users.shareRoleOfUser(id);
    }
}
