/** What modules share of the database. */
@NullMarked
package org.maraudersmap.server.platform.database;

import org.jspecify.annotations.NullMarked;
