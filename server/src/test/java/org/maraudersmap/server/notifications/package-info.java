/** Notifications: the rules by themselves, the rest over HTTP and sockets on a real PostgreSQL. */
@NullMarked
package org.maraudersmap.server.notifications;

import org.jspecify.annotations.NullMarked;
