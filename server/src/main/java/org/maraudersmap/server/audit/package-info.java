/** The append-only trail: everything that has happened, for an ADMIN. */
@ApplicationModule
@NullMarked
package org.maraudersmap.server.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
