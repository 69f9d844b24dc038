/** What every module stands on. */
@NullMarked
package org.maraudersmap.server.platform;

import org.jspecify.annotations.NullMarked;
