/** Tests of the envelope and of the log in memory. */
@NullMarked
package org.maraudersmap.eventlog;

import org.jspecify.annotations.NullMarked;
