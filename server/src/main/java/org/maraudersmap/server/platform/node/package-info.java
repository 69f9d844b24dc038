/** Which node this is, among those that share a database. */
@NamedInterface
@NullMarked
package org.maraudersmap.server.platform.node;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
