package org.maraudersmap.server.platform.health;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.maraudersmap.server.platform.OpenRoute;
import org.maraudersmap.server.platform.health.Dependency.Report;
import org.maraudersmap.server.platform.health.Dependency.State;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.info.BuildProperties;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Liveness with the state of each dependency, and readiness; open to everyone. */
@RestController
class HealthController {
    private final List<SharedCheck> checks;
    private final ApplicationAvailability availability;
    private final Clock clock;
    private final String version;
    private final Instant startedAt;

    HealthController(
            List<Dependency> dependencies,
            ApplicationAvailability availability,
            ObjectProvider<BuildProperties> build,
            Clock clock) {
        this.checks = dependencies.stream().map(SharedCheck::new).toList();
        this.availability = availability;
        this.clock = clock;
        this.version = build.stream().map(BuildProperties::getVersion).findFirst().orElse("development");
        this.startedAt = clock.instant();
    }

    record DependencyView(String status, String detail) {}

    record HealthView(
            String status,
            String version,
            Instant startedAt,
            @JsonProperty("uptimeSeconds") long uptimeSeconds,
            Map<String, DependencyView> dependencies) {

        private boolean isDown() {
            return status.equals(word(State.DOWN));
        }
    }

    /** What works and what does not: 200 while this node can do its work, if only in part, else 503. */
    @OpenRoute
    @GetMapping("/health")
    @ApiResponse(responseCode = "200", description = "ok, or degraded: the dependencies say why")
    @ApiResponse(responseCode = "503", description = "down: the dependencies say why")
    ResponseEntity<HealthView> showStateWithEachDependency() {
        var health = describeStateOfAllDependencies();
        return ResponseEntity.status(health.isDown() ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.OK).body(health);
    }

    @OpenRoute
    @GetMapping("/health/ready")
    @ApiResponse(responseCode = "200", description = "Ready for requests")
    @ApiResponse(responseCode = "503", description = "Not ready: starting, stopping, or a dependency is down")
    ResponseEntity<HealthView> showReadinessForNewRequests() {
        var health = describeStateOfAllDependencies();
        var ready = !health.isDown()
                && availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
        return ResponseEntity.status(ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE).body(health);
    }

    private HealthView describeStateOfAllDependencies() {
        Map<String, Report> reports = new LinkedHashMap<>();
        checks.forEach(check -> check.begin());
        checks.forEach(check -> reports.put(check.name(), check.await()));
        Map<String, DependencyView> views = new LinkedHashMap<>();
        reports.forEach((name, report) -> views.put(name, new DependencyView(word(report.state()), report.detail())));
        var now = clock.instant();
        return new HealthView(
                word(worstOf(reports.values())),
                version,
                startedAt,
                now.getEpochSecond() - startedAt.getEpochSecond(),
                views);
    }

    private static State worstOf(Collection<Report> reports) {
        return reports.stream().map(Report::state).max(State::compareTo).orElse(State.OK);
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
