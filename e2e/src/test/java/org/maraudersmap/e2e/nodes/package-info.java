/** Two nodes on one database are one product, also while one of them dies. */
@NullMarked
package org.maraudersmap.e2e.nodes;

import org.jspecify.annotations.NullMarked;
