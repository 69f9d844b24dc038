/** Checks events against their published JSON Schemas. This package is published as a test-jar. */
@NullMarked
package org.maraudersmap.eventlog.schemas;

import org.jspecify.annotations.NullMarked;
