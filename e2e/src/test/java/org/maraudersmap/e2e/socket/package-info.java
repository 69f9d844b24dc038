/** The official JavaScript Socket.IO client, driven from Java. */
@NullMarked
package org.maraudersmap.e2e.socket;

import org.jspecify.annotations.NullMarked;
