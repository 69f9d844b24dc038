/**
 * The rules of the structure, and the proof of each that it can fail: {@code org.maraudersmap.fixtures} breaks them
 * all.
 */
@NullMarked
package org.maraudersmap.server.architecture;

import org.jspecify.annotations.NullMarked;
