/** Counters projected from the log. */
@ApplicationModule
@NullMarked
package org.maraudersmap.server.analytics;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
