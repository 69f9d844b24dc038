/**
 * State equivalence: whoever took a snapshot and applied what came after it shows what a fresh snapshot shows. The
 * client is {@code Screen} with {@code LogEvents} and {@code SocketMessages}; it may serve as an example of how to
 * write
 * one.
 */
@NullMarked
package org.maraudersmap.e2e.equivalence;

import org.jspecify.annotations.NullMarked;
