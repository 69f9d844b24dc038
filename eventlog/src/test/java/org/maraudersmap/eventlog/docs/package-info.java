/** Pages of the documentation that are made from the code. This package is published as a test-jar. */
@NullMarked
package org.maraudersmap.eventlog.docs;

import org.jspecify.annotations.NullMarked;
