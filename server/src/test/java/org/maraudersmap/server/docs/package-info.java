/** Keeps the pages true that are made from the code; {@code mvn test -Ddocs=write} makes them anew. */
@NullMarked
package org.maraudersmap.server.docs;

import org.jspecify.annotations.NullMarked;
