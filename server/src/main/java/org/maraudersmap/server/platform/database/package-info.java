/** The database: embedded or external, and signals between nodes. */
@NamedInterface
@NullMarked
package org.maraudersmap.server.platform.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
