package org.maraudersmap.server.platform.node;

/** This node, among those that share the database. */
public interface Node {

    /** Its name, which names what it alone reads of the log; never that of another running node. */
    String id();
}
