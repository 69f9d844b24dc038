/** What every module stands on: the actor, settings, database, problems, node and health. */
@ApplicationModule(displayName = "Platform")
@NullMarked
package org.maraudersmap.server.platform;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
