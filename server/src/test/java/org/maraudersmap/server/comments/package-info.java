/** Comments: mentions by themselves, the rest over HTTP and sockets on a real PostgreSQL. */
@NullMarked
package org.maraudersmap.server.comments;

import org.jspecify.annotations.NullMarked;
