/** The application: a package per module. */
@NullMarked
package org.maraudersmap.server;

import org.jspecify.annotations.NullMarked;
