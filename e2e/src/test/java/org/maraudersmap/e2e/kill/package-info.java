/** Killing the product while it works, and counting. */
@NullMarked
package org.maraudersmap.e2e.kill;

import org.jspecify.annotations.NullMarked;
