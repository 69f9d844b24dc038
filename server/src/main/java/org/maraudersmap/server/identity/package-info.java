/** Users, roles, tokens, permissions. */
@ApplicationModule
@NullMarked
package org.maraudersmap.server.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
