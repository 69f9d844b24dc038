package org.maraudersmap.server.incidents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.UserSnapshot;
import org.maraudersmap.server.platform.Trace;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.ProductTest;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Reports that come at the same time share statements, which nobody notices. */
@ProductTest
class ReportsAtOnceTest {
    private static final List<String> TITLES = List
            .of("Peeves", "NULL", "{a,\"b\\\\c\"}", "", " x\r\n\t", "🧙 'quoted', too");

    private final IncidentRepository repository;
    private final IncidentIds ids;
    private final IncidentEvents events;
    private final TransactionTemplate transactions;
    private final JdbcClient jdbc;
    private final IncidentsOnTheMap map;
    private final Api.Session reporter;

    ReportsAtOnceTest(
            IncidentRepository repository,
            IncidentIds ids,
            IncidentEvents events,
            TransactionTemplate transactions,
            JdbcClient jdbc,
            Api api) {
        this.repository = repository;
        this.ids = ids;
        this.events = events;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.map = new IncidentsOnTheMap(api, jdbc);
        this.reporter = api.registerStudent();
    }

    private Incident incident(String title, UUID reportedBy) {
        var report = new IncidentReport(title, "Seen from the tower", Severity.SERIOUS, Location.AZKABAN);
        return Incident.of(
                ids.takeNextIncidentId(), report, reportedBy, Instant.now().truncatedTo(ChronoUnit.MILLIS));
    }

    private static String traceOf(Incident incident) {
        return "%032x".formatted(incident.id());
    }

    private FutureTask<Void> insertion(Incident incident) {
        var actor = UserSnapshot.of(
                incident.reportedBy(), reporter.email(), reporter.handle(), "Neville", "Longbottom", "STUDENT");
        return new FutureTask<>(() -> {
            try (var _ = Trace.enter(traceOf(incident))) {
                repository.insertIncidentWithEvent(incident, events.describeReportOfIncident(incident, actor));
                return null;
            }
        });
    }

    /** All of them ask while nobody can write: the first ones wait for the table, the others for these. */
    private void insertAtOnce(List<FutureTask<Void>> insertions) {
        transactions.executeWithoutResult(_ -> {
            jdbc.sql("lock table incidents in share mode").update();
            var threads = insertions.stream().map(Thread::startVirtualThread).toList();
            await().until(
                    () -> threads.stream()
                            .map(Thread::getState)
                            .allMatch(state -> state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING));
        });
    }

    private long countStatementsOf(List<Incident> incidents) {
        return jdbc.sql("select count(distinct xmin::text) from incidents where id = any(?)")
                .param(incidents.stream().map(Incident::id).toArray(Long[]::new))
                .query(Long.class)
                .single();
    }

    private void checkThatItIsStoredWithItsEvent(Incident incident) {
        assertThat(repository.findIncidentWithId(incident.id())).hasValue(incident);
        var recorded = map.events(incident.id());
        assertThat(recorded).hasSize(1);
        assertThat(recorded.getFirst().at("/data/title").asString()).isEqualTo(incident.title());
        assertThat(recorded.getFirst().at("/metadata/traceId").asString()).isEqualTo(traceOf(incident));
    }

    @Test
    void should_share_statements_and_keep_each_report_its_event_and_its_trace() throws Exception {
        var incidents = IntStream.range(0, 24)
                .mapToObj(n -> incident(TITLES.get(n % TITLES.size()) + " " + n, reporter.userId()))
                .toList();
        var insertions = incidents.stream().map(this::insertion).toList();

        insertAtOnce(insertions);

        for (var insertion : insertions) {
            insertion.get();
        }
        incidents.forEach(this::checkThatItIsStoredWithItsEvent);
        assertThat(countStatementsOf(incidents)).isLessThan(incidents.size() / 2);
    }

    @Test
    void should_take_no_other_report_with_one_that_the_database_refuses() throws Exception {
        var good = IntStream.range(0, 12).mapToObj(n -> incident("Peeves " + n, reporter.userId())).toList();
        var bad = incident("By nobody", UUID.randomUUID());
        var goodInsertions = good.stream().map(this::insertion).toList();
        var badInsertion = insertion(bad);

        insertAtOnce(
                Stream.of(goodInsertions.subList(0, 6), List.of(badInsertion), goodInsertions.subList(6, 12))
                        .flatMap(List::stream)
                        .toList());

        for (var insertion : goodInsertions) {
            insertion.get();
        }
        good.forEach(this::checkThatItIsStoredWithItsEvent);
        assertThatThrownBy(badInsertion::get).hasCauseInstanceOf(DataIntegrityViolationException.class);
        assertThat(repository.findIncidentWithId(bad.id())).isEmpty();
        assertThat(map.events(bad.id())).isEmpty();
    }
}
