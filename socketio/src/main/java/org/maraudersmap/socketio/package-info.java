/** A Socket.IO 5 / Engine.IO 4 server on Netty. */
@NullMarked
package org.maraudersmap.socketio;

import org.jspecify.annotations.NullMarked;
