/** Who is online, who looks at what, who types: a state, beside the log. */
@ApplicationModule
@NullMarked
package org.maraudersmap.server.presence;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
