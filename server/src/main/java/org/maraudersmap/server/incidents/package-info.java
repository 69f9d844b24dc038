/** The incident, its rules and its events. */
@ApplicationModule
@NullMarked
package org.maraudersmap.server.incidents;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
