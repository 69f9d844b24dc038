/** Programs that use the library: examples to read, and to run the official test suites against. */
@NullMarked
package org.maraudersmap.socketio.example;

import org.jspecify.annotations.NullMarked;
