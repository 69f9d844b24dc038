/** Load and figures. */
@NullMarked
package org.maraudersmap.bench;

import org.jspecify.annotations.NullMarked;
