/** Refusals, the same over HTTP and on sockets. */
@NamedInterface
@NullMarked
package org.maraudersmap.server.platform.problem;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
