package org.maraudersmap.server.backbone;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import org.maraudersmap.eventlog.BrokerEventLog;
import org.maraudersmap.server.platform.OpenRoute;
import org.maraudersmap.server.platform.node.Node;
import org.maraudersmap.server.platform.settings.Setting;
import org.maraudersmap.server.platform.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The specification's monitoring endpoint: open, without secrets, and the same whatever holds the log. */
@RestController
class IggyStatusController {
    private static final Logger log = LoggerFactory.getLogger(IggyStatusController.class);
    private final BacklogReader backlog;
    private final ObjectProvider<BrokerEventLog> broker;
    private final String stream;
    private final String topic;
    private final String consumerId;
    private final String consumerName;

    IggyStatusController(
            BacklogReader backlog, ObjectProvider<BrokerEventLog> broker, Settings settings, Node node) {
        this.backlog = backlog;
        this.broker = broker;
        this.stream = settings.text(Setting.IGGY_STREAM_NAME);
        this.topic = settings.text(Setting.IGGY_INCIDENT_TOPIC);
        this.consumerId = settings.text(Setting.IGGY_CONSUMER_ID);
        this.consumerName = consumerId + "-" + node.id();
    }

    @OpenRoute
    @GetMapping(path = "/api/monitoring/iggy-status", produces = MediaType.APPLICATION_JSON_VALUE)
    @ApiResponse(responseCode = "200", description = "Events get through", content = @Content(schema = @Schema(implementation = IggyStatus.Connected.class)))
    @ApiResponse(responseCode = "503", description = "The log cannot be reached", content = @Content(schema = @Schema(implementation = IggyStatus.Disconnected.class)))
    @ApiResponse(responseCode = "500", description = "Nobody knows", content = @Content(schema = @Schema(implementation = IggyStatus.Failed.class)))
    ResponseEntity<IggyStatus> showStatusOfEventStreaming() {
        var lost = broker.stream().map(BrokerEventLog::state).filter(state -> !state.connected()).findFirst();
        if (lost.isPresent()) {
            return disconnected(lost.get().detail());
        }
        try {
            return describe(backlog.readStandingOfConsumers());
        } catch (RuntimeException failure) {
            log.warn("the status of the event streaming is not known: {}", failure.toString());
            return DependencyFailures.isFailureOfDependency(failure)
                    ? disconnected("The event log cannot be reached")
                    : ResponseEntity.status(HttpStatus.INTERNAL_SERVER_ERROR)
                            .body(new IggyStatus.Failed("error", "The positions of the consumers cannot be read"));
        }
    }

    private ResponseEntity<IggyStatus> describe(List<ConsumerStanding> consumers) {
        var own = consumers.stream().filter(consumer -> consumer.id().equals(consumerName)).findFirst();
        return own.map(consumer -> ResponseEntity.<IggyStatus>ok(
                new IggyStatus.Connected(
                        "connected",
                        new IggyStatus.Offset(consumerId, consumer.position(), stream, topic),
                        consumers.stream().map(this::withLag).toList())))
                .orElseGet(() -> disconnected("The consumers of this node have not started yet"));
    }

    private static ResponseEntity<IggyStatus> disconnected(String message) {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .body(new IggyStatus.Disconnected("disconnected", message));
    }

    private IggyStatus.OffsetAndLag withLag(ConsumerStanding consumer) {
        return new IggyStatus.OffsetAndLag(
                consumer.id(), consumer.position(), stream, topic, consumer.lag(), consumer.lagSeconds());
    }
}
