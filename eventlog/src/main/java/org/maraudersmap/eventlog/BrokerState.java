package org.maraudersmap.eventlog;

/**
 * How a node stands with its broker.
 *
 * @param connected
 *            whether it can be read and written
 * @param detail
 *            what there is to say of it, for people; no secrets
 * @param eventsFromBroker
 *            how many events this node's readers got from the broker since the start
 * @param eventsFromDatabase
 *            how many they got from the database, because the broker did not have them in time
 */
public record BrokerState(boolean connected, String detail, long eventsFromBroker, long eventsFromDatabase) {}
