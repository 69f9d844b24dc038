/** What can be set from outside, and the values in force. */
@NamedInterface
@NullMarked
package org.maraudersmap.server.platform.settings;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
