/**
 * State equivalence: whoever took a snapshot and applied what came after it shows what a fresh snapshot shows. The
 * client is {@code SocketFollower} (or {@code LogFollower}, without a socket) with {@code Screen}, {@code LogEvents}
 * and {@code SocketMessages}: an example of how to write one.
 */
@NullMarked
package org.maraudersmap.e2e.equivalence;

import org.jspecify.annotations.NullMarked;
