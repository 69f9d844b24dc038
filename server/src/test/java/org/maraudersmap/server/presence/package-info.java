/** Sockets, with the official Java client against the running product. */
@NullMarked
package org.maraudersmap.server.presence;

import org.jspecify.annotations.NullMarked;
