/** Work that goes on for as long as the process, and is looked after. */
@NamedInterface
@NullMarked
package org.maraudersmap.server.platform.work;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
