/** What concerns a user: made from events, kept until he dismisses it. */
@ApplicationModule
@NullMarked
package org.maraudersmap.server.notifications;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
