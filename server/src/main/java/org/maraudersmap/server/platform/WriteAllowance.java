package org.maraudersmap.server.platform;

import java.time.Duration;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.settings.Setting;
import org.maraudersmap.server.platform.settings.Settings;
import org.springframework.stereotype.Component;

/** What each user may change in a minute, over HTTP and sockets together. */
@Component
public final class WriteAllowance {
    private final UserAllowance writes;

    WriteAllowance(Settings settings) {
        this.writes = new UserAllowance(
                "changes", settings.number(Setting.MAX_WRITES_PER_USER_PER_MINUTE), Duration.ofMinutes(1));
    }

    /**
     * To be called before whatever changes something.
     *
     * @throws Problem
     *             {@code RATE_LIMITED}
     */
    public void takeWriteOfActor(Actor actor) {
        writes.take(actor.userId());
    }
}
