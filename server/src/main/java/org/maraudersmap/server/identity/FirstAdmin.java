package org.maraudersmap.server.identity;

import org.maraudersmap.server.platform.Role;
import org.maraudersmap.server.platform.settings.Setting;
import org.maraudersmap.server.platform.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Only an ADMIN makes others one, so somebody has to be the first: at the start, the registered user whom FIRST_ADMIN
 * names becomes one, unless there is an ADMIN who can log in.
 */
@Component
class FirstAdmin implements InitializingBean {
    private static final Logger log = LoggerFactory.getLogger(FirstAdmin.class);

    private final UserRepository users;
    private final AuthEvents events;
    private final TransactionTemplate transactions;
    private final Settings settings;

    FirstAdmin(UserRepository users, AuthEvents events, TransactionTemplate transactions, Settings settings) {
        this.users = users;
        this.events = events;
        this.transactions = transactions;
        this.settings = settings;
    }

    @Override
    public void afterPropertiesSet() {
        settings.find(Setting.FIRST_ADMIN).ifPresent(this::makeFirstAdminOfEmailAddress);
    }

    private void makeFirstAdminOfEmailAddress(String email) {
        transactions.executeWithoutResult(_ -> {
            var account = users.lockAccountByEmailAddress(email);
            if (account.isEmpty()) {
                log.warn("{}={}: nobody has registered with this mail; register and start again",
                        Setting.FIRST_ADMIN, email);
                return;
            }
            var user = account.get().user();
            var locked = users.lockAccountOfUserAndAdmins(user.id());
            if (UserService.isThereAnAdminWhoCanLogIn(locked, settings.isDemoDataOn())) {
                return;
            }
            users.updateRoleOfUser(user.id(), Role.ADMIN);
            events.recordChangeOfRole(user, Role.ADMIN, null);
            log.info("{} is the first ADMIN", user.email());
        });
    }
}
