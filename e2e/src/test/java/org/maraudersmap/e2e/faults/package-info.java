/** Killing, stopping and misconfiguring the product, and counting. */
@NullMarked
package org.maraudersmap.e2e.faults;

import org.jspecify.annotations.NullMarked;
