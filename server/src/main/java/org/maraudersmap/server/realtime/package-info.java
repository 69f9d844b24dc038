/** Sockets: who may connect, rooms, fan-out. Knows no domain. */
@ApplicationModule
@NullMarked
package org.maraudersmap.server.realtime;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
