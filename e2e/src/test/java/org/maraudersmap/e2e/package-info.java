/** The whole product from outside, through the official clients. */
@NullMarked
package org.maraudersmap.e2e;

import org.jspecify.annotations.NullMarked;
