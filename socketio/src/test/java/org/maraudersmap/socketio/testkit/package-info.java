/** What the tests talk to the server with: the official client, and bare sockets for what it would never send. */
@NullMarked
package org.maraudersmap.socketio.testkit;

import org.jspecify.annotations.NullMarked;
