package org.maraudersmap.server.identity;

/** The houses of the school. */
enum House {
    GRYFFINDOR, SLYTHERIN, RAVENCLAW, HUFFLEPUFF
}
