/** Tests of users, sessions and tokens. */
@NullMarked
package org.maraudersmap.server.identity;

import org.jspecify.annotations.NullMarked;
