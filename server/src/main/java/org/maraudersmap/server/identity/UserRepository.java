package org.maraudersmap.server.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.maraudersmap.server.platform.Role;
import org.maraudersmap.server.platform.database.WordSearch;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code users}. */
@Repository
class UserRepository {
    static final String COLUMNS = "u.id, u.email, u.handle, u.first_name, u.last_name, u.role, u.house, u.created_at";
    private static final String ACCOUNT = "select " + COLUMNS + ", u.password_hash, u.is_demo from users u ";
    private static final String USER = "select " + COLUMNS + " from users u ";

    private static final String SEARCHED = "first_name || ' ' || last_name || ' ' || handle";

    private final JdbcClient jdbc;
    private final WordSearch search;

    UserRepository(JdbcClient jdbc, WordSearch search) {
        this.jdbc = jdbc;
        this.search = search;
    }

    /** Empty if the mail or the handle is taken. */
    Optional<Account> insertAccountUnlessTaken(NewAccount account, String handle) {
        return jdbc.sql("""
                insert into users as u
                    (email, handle, first_name, last_name, role, house, password_hash, is_demo, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict do nothing
                returning\s""" + COLUMNS + ", u.password_hash, u.is_demo")
                .param(account.email())
                .param(handle)
                .param(account.firstName())
                .param(account.lastName())
                .param(account.role().name())
                .param(Optional.ofNullable(account.house()).map(House::name).orElse(null))
                .param(account.passwordHash())
                .param(account.isDemo())
                .param(OffsetDateTime.ofInstant(account.createdAt(), ZoneOffset.UTC))
                .query(UserRepository::readAccountOfRow)
                .optional();
    }

    boolean existsUserWithEmailAddress(String email) {
        return jdbc.sql("select exists (select from users where lower(email) = ?)")
                .param(lowerCaseOfEmailAddress(email))
                .query(Boolean.class)
                .single();
    }

    /** The numbers that follow {@code stem} in handles: how the next one may be numbered. */
    long findNextNumberOfHandle(String stem) {
        return jdbc.sql("""
                select coalesce(max(substring(handle from length(:stem) + 1)::bigint), 1) + 1
                from users
                where handle >= :stem and handle < :stem || ':'
                  and starts_with(handle, :stem)
                  and substring(handle from length(:stem) + 1) ~ '^[1-9][0-9]{0,8}$'
                """).param("stem", stem).query(Long.class).single();
    }

    Optional<Account> findAccountByEmailAddress(String email) {
        return jdbc.sql(ACCOUNT + "where lower(u.email) = ?")
                .param(lowerCaseOfEmailAddress(email))
                .query(UserRepository::readAccountOfRow)
                .optional();
    }

    Optional<Account> findAccountOfUserId(UUID id) {
        return jdbc.sql(ACCOUNT + "where u.id = ?").param(id).query(UserRepository::readAccountOfRow).optional();
    }

    /** Whoever records an event of a user holds this lock: his events are then recorded in the order of the commits. */
    Optional<Account> lockAccountOfUserId(UUID id) {
        return jdbc.sql(ACCOUNT + "where u.id = ? for no key update")
                .param(id)
                .query(UserRepository::readAccountOfRow)
                .optional();
    }

    Optional<Account> lockAccountByEmailAddress(String email) {
        return jdbc.sql(ACCOUNT + "where lower(u.email) = ? for no key update")
                .param(lowerCaseOfEmailAddress(email))
                .query(UserRepository::readAccountOfRow)
                .optional();
    }

    List<Account> findAccountsOfAllAdmins() {
        return jdbc.sql(ACCOUNT + "where u.role = 'ADMIN'").query(UserRepository::readAccountOfRow).list();
    }

    /** One user and every ADMIN, always locked in the same order, so that two of them cannot demote each other. */
    List<Account> lockAccountOfUserAndAdmins(UUID id) {
        return jdbc.sql(ACCOUNT + "where u.id = ? or u.role = 'ADMIN' order by u.id for no key update")
                .param(id)
                .query(UserRepository::readAccountOfRow)
                .list();
    }

    /** In the order of ids, like every other lock of several users. */
    List<UUID> lockUsersWithIdsAmong(Collection<UUID> ids) {
        return jdbc.sql("select u.id from users u where u.id = any(?) order by u.id for no key update")
                .param(ids.toArray(UUID[]::new))
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
    }

    /** Nobody changes it until the transaction ends; many may look. */
    Optional<Role> shareRoleOfUser(UUID id) {
        return jdbc.sql("select u.role from users u where u.id = ? for share")
                .param(id)
                .query((row, _) -> Role.valueOf(row.getString("role")))
                .optional();
    }

    void updateRoleOfUser(UUID id, Role role) {
        jdbc.sql("update users set role = ? where id = ?").param(role.name()).param(id).update();
    }

    void updatePasswordHashOfUser(UUID id, String passwordHash) {
        jdbc.sql("update users set password_hash = ? where id = ?").param(passwordHash).param(id).update();
    }

    List<User> findUsersWithIdsAmong(Collection<UUID> ids) {
        return jdbc.sql(USER + "where u.id = any(?)")
                .param(ids.toArray(UUID[]::new))
                .query(UserRepository::readUserOfRow)
                .list();
    }

    List<User> findUsersWithHandlesAmong(Collection<String> handles) {
        return jdbc.sql(USER + "where u.handle = any(?)")
                .param(handles.toArray(String[]::new))
                .query(UserRepository::readUserOfRow)
                .list();
    }

    List<User> findUsersInRoleOf(Role role) {
        return jdbc.sql(USER + "where u.role = ? order by u.id")
                .param(role.name())
                .query(UserRepository::readUserOfRow)
                .list();
    }

    /** Users who are found by {@code text}, or all if it is empty, by handle, after {@code afterHandle}. */
    List<User> searchUsersByNameAndHandle(String text, String afterHandle, int most) {
        if (text.isEmpty()) {
            return jdbc.sql(USER + "where u.handle > ? order by u.handle limit ?")
                    .param(afterHandle)
                    .param(most)
                    .query(UserRepository::readUserOfRow)
                    .list();
        }
        var found = search.describeConditionForText("users", SEARCHED, text);
        return jdbc.sql(USER + "where u.handle > ? and " + found.sql() + " order by u.handle limit ?")
                .param(afterHandle)
                .param(found.parameter())
                .param(most)
                .query(UserRepository::readUserOfRow)
                .list();
    }

    /**
     * Not left to the database, whose rules for the letters of other alphabets differ: the login throttle must take for
     * one mail what is one here. Mails that somebody has are ASCII.
     */
    static String lowerCaseOfEmailAddress(String email) {
        return email.toLowerCase(Locale.ROOT);
    }

    private static Account readAccountOfRow(ResultSet row, int number) throws SQLException {
        return new Account(readUserOfRow(row, number), row.getString("password_hash"), row.getBoolean("is_demo"));
    }

    /** A row that has {@link #COLUMNS}. */
    static User readUserOfRow(ResultSet row, int number) throws SQLException {
        var firstName = row.getString("first_name");
        var lastName = row.getString("last_name");
        return new User(
                row.getObject("id", UUID.class),
                row.getString("email"),
                row.getString("handle"),
                firstName,
                lastName,
                firstName + " " + lastName,
                Role.valueOf(row.getString("role")),
                Optional.ofNullable(row.getString("house")).map(House::valueOf).orElse(null),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
