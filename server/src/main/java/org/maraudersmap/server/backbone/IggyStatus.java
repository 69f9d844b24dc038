package org.maraudersmap.server.backbone;

import java.util.List;

/** Whether events get through, in the shape that the specification of the event streaming asks for. */
sealed interface IggyStatus {

    /** One of {@code connected}, {@code disconnected}, {@code error}. */
    String status();

    /** Where a consumer is. */
    record Offset(String id, long currentOffset, String stream, String topic) {}

    /** The same, and what it has not come to yet. */
    record OffsetAndLag(
            String id, long currentOffset, String stream, String topic, long lag, double lagSeconds) {}

    /**
     * They do.
     *
     * @param consumer
     *            the one that feeds this node's sockets
     */
    record Connected(String status, Offset consumer, List<OffsetAndLag> consumers) implements IggyStatus {}

    /** The log cannot be reached. */
    record Disconnected(String status, String message) implements IggyStatus {}

    /** Nobody knows. */
    record Failed(String status, String error) implements IggyStatus {}
}
