/** What a request must be like, whichever way it comes: one rule for text, one for numbers, one reader of JSON. */
@NamedInterface
@NullMarked
package org.maraudersmap.server.platform.input;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
