/** Whether this node is alive, ready, and what it depends on. */
@NamedInterface
@NullMarked
package org.maraudersmap.server.platform.health;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
