/** What the tests of this module share. */
@NullMarked
package org.maraudersmap.server.support;

import org.jspecify.annotations.NullMarked;
