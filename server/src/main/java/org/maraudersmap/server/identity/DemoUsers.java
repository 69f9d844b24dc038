package org.maraudersmap.server.identity;

import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.eventlog.UserSnapshot;
import org.maraudersmap.server.platform.Role;
import org.maraudersmap.server.platform.settings.Settings;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The users to try the product with, whose passwords everybody knows. They are there before anyone who is given this
 * bean is made, while DEMO_DATA is on.
 */
@Component
public class DemoUsers implements InitializingBean {
    /** The mail of the demo administrator. */
    public static final String ADMIN_EMAIL = "admin@example.com";
    private static final String ADMIN_PASSWORD = "admin123";
    private static final String PASSWORD = "mischief-managed";

    private final UserRepository users;
    private final AccountService accounts;
    private final PasswordHasher hasher;
    private final AuthEvents events;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final boolean areOn;

    DemoUsers(
            UserRepository users,
            AccountService accounts,
            PasswordHasher hasher,
            AuthEvents events,
            TransactionTemplate transactions,
            Clock clock,
            Settings settings) {
        this.users = users;
        this.accounts = accounts;
        this.hasher = hasher;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
        this.areOn = settings.isDemoDataOn();
    }

    private enum Person {
        ADMIN(ADMIN_EMAIL, "Albus", "Dumbledore", Role.ADMIN, House.GRYFFINDOR),
        MOODY("alastor.moody@hogwarts.edu",
                "Alastor", "Moody", Role.AUROR, null),
        HERMIONE("hermione.granger@hogwarts.edu", "Hermione", "Granger",
                Role.PREFECT, House.GRYFFINDOR),
        DRACO("draco.malfoy@hogwarts.edu", "Draco", "Malfoy",
                Role.PREFECT, House.SLYTHERIN),
        HARRY("harry.potter@hogwarts.edu", "Harry", "Potter",
                Role.STUDENT, House.GRYFFINDOR),
        LUNA("luna.lovegood@hogwarts.edu", "Luna",
                "Lovegood", Role.STUDENT, House.RAVENCLAW);

        private final String email;
        private final String firstName;
        private final String lastName;
        private final Role role;
        private final @Nullable House house;

        Person(String email, String firstName, String lastName, Role role,
                @Nullable House house) {
            this.email = email;
            this.firstName = firstName;
            this.lastName = lastName;
            this.role = role;
            this.house = house;
        }
    }

    /** Whether there are any. */
    public boolean areDemoUsersSwitchedOn() {
        return areOn;
    }

    /** Those who exist, the ADMIN first; none while they are off. */
    public List<UserSnapshot> findSnapshotsOfDemoUsers() {
        return areOn
                ? Stream.of(Person.values())
                        .flatMap(person -> users.findAccountByEmailAddress(person.email).stream())
                        .filter(Account::isDemo)
                        .map(account -> account.user().toSnapshot())
                        .toList()
                : List.of();
    }

    @Override
    public void afterPropertiesSet() {
        if (areOn) {
            var missing = Stream.of(Person.values())
                    .filter(person -> !users.existsUserWithEmailAddress(person.email))
                    .toList();
            if (!missing.isEmpty()) {
                createMissingDemoUsers(missing);
            }
        }
    }

    private void createMissingDemoUsers(List<Person> missing) {
        var adminHash = hasher.hashPasswordForStorage(ADMIN_PASSWORD, PasswordHasher.Claimant.product());
        // One hash for all who share a password that everybody knows: the start is the quicker for it.
        var hash = hasher.hashPasswordForStorage(PASSWORD, PasswordHasher.Claimant.product());
        for (var person : missing) {
            var account = new NewAccount(
                    person.email,
                    person.firstName,
                    person.lastName,
                    person.role,
                    person.house,
                    person == Person.ADMIN ? adminHash : hash,
                    true,
                    clock.instant());
            transactions.executeWithoutResult(_ -> accounts.createAccountUnlessTaken(account)
                    .map(Account::user)
                    .ifPresent(events::recordCreationOfDemoUser));
        }
    }
}
