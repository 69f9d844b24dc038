package org.maraudersmap.server.analytics;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.analytics.Counter.Kind;

/**
 * How many incidents there are, and how they fare. What there is none of is missing.
 *
 * @param perDay
 *            the newest days (UTC) on which something was reported or resolved, a year of them at most, oldest first
 */
record AnalyticsOverview(
        long total,
        SortedMap<String, Long> bySeverity,
        SortedMap<String, Long> byLocation,
        SortedMap<String, Long> byStatus,
        TimeToResolve timeToResolve,
        SortedMap<String, TimeToResolve> timeToResolveBySeverity,
        List<Day> perDay) {
    private static final int MOST_DAYS = 366;

    /**
     * How long it took from report to resolution, over the incidents that are resolved or archived now.
     *
     * @param averageSeconds
     *            {@code null} where there is none
     */
    record TimeToResolve(long count, @Nullable Double averageSeconds) {

        static TimeToResolve of(long count, long millis) {
            return new TimeToResolve(count, count == 0 ? null : millis / 1000.0 / count);
        }
    }

    /** How many were reported on a day, and how many resolved. */
    record Day(LocalDate day, long reported, long resolved) {}

    static AnalyticsOverview of(Map<Counter, Long> amounts) {
        var resolved = namesOf(Kind.RESOLVED, amounts);
        var millis = namesOf(Kind.MILLIS_TO_RESOLVE, amounts);
        SortedMap<String, TimeToResolve> bySeverity = new TreeMap<>();
        resolved.forEach(
                (severity, count) -> bySeverity.put(
                        severity, TimeToResolve.of(count, millis.getOrDefault(severity, 0L))));
        return new AnalyticsOverview(
                sum(namesOf(Kind.STATUS, amounts)),
                namesOf(Kind.SEVERITY, amounts),
                namesOf(Kind.LOCATION, amounts),
                namesOf(Kind.STATUS, amounts),
                TimeToResolve.of(sum(resolved), sum(millis)),
                bySeverity,
                days(namesOf(Kind.REPORTED_ON, amounts), namesOf(Kind.RESOLVED_ON, amounts)));
    }

    private static SortedMap<String, Long> namesOf(Kind kind, Map<Counter, Long> amounts) {
        SortedMap<String, Long> names = new TreeMap<>();
        amounts.forEach((counter, amount) -> {
            if (counter.kind() == kind) {
                names.put(counter.name(), amount);
            }
        });
        return names;
    }

    private static long sum(Map<String, Long> amounts) {
        return amounts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static List<Day> days(Map<String, Long> reported, Map<String, Long> resolved) {
        SortedSet<String> names = new TreeSet<>(reported.keySet());
        names.addAll(resolved.keySet());
        return names.stream()
                .skip(Math.max(0, names.size() - MOST_DAYS))
                .map(name -> new Day(
                        LocalDate.parse(name), reported.getOrDefault(name, 0L), resolved.getOrDefault(name, 0L)))
                .toList();
    }
}
