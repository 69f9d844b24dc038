/** Servers to compare with. */
@NullMarked
package org.maraudersmap.bench.peers;

import org.jspecify.annotations.NullMarked;
