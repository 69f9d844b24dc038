package org.maraudersmap.e2e.rights;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A row of a table of who may do what, and the requests with which it is done.
 *
 * @param who
 *            for each role: {@code anybody} (also without a token), {@code yes}, {@code no}, or who of this role
 */
record Permission(String action, TreeMap<Role, String> who, List<Request> requests) {

    /**
     * A request; what is in braces is filled in.
     *
     * @param isOfResolved
     *            the incident is resolved before
     */
    record Request(String method, String path, String body, boolean isOfResolved) {

        private static Request parse(String line) {
            var isOfResolved = line.endsWith(" (of a resolved one)");
            var parts = line.replace(" (of a resolved one)", "").strip().split(" +", 3);
            return new Request(parts[0], parts[1], parts.length > 2 ? parts[2] : "", isOfResolved);
        }

        /** Who may be concerned by what it is about. */
        Set<Relation> relations() {
            if (path.contains("{comment}")) {
                return Set.of(Relation.STRANGER, Relation.REPORTER, Relation.ASSIGNEE, Relation.AUTHOR);
            }
            if (path.contains("{incident}")) {
                return Set.of(Relation.STRANGER, Relation.REPORTER, Relation.ASSIGNEE);
            }
            return path.contains("{notification}")
                    ? Set.of(Relation.STRANGER, Relation.OWNER)
                    : Set.of(Relation.STRANGER);
        }

        boolean changesSomethingThatIsThere() {
            return !method.equals("GET") && path.contains("{");
        }

        @Override
        public String toString() {
            return method + " " + path + (body.isEmpty() ? "" : " " + body);
        }
    }

    /** The first line names the columns: action and roles, with | between. Requests are indented below their row. */
    static List<Permission> parse(String table) {
        var lines = table.lines().filter(line -> !line.isBlank()).toList();
        var columns = cellsOf(lines.getFirst());
        var permissions = new ArrayList<Permission>();
        for (var line : lines.subList(1, lines.size())) {
            if (line.startsWith(" ")) {
                permissions.getLast().requests.add(Request.parse(line));
            } else {
                permissions.add(parseRow(columns, cellsOf(line)));
            }
        }
        return permissions;
    }

    private static List<String> cellsOf(String line) {
        return Stream.of(line.split("\\|")).map(String::strip).toList();
    }

    private static Permission parseRow(List<String> columns, List<String> cells) {
        var who = new TreeMap<Role, String>();
        for (var column = 1; column < columns.size(); column++) {
            who.put(Role.valueOf(columns.get(column)), cells.get(column));
        }
        return new Permission(cells.getFirst(), who, new ArrayList<>());
    }

    boolean isOpen() {
        return who.values().stream().allMatch("anybody"::equals);
    }

    boolean isGivenTo(Caller caller) {
        var cell = who.getOrDefault(caller.role(), "no");
        return switch (cell) {
            case "anybody", "yes" -> true;
            case "no" -> false;
            default -> relationsIn(cell).contains(caller.relation());
        };
    }

    private static Set<Relation> relationsIn(String cell) {
        return Stream.of(cell.replaceFirst("^its ", "").split(" or "))
                .map(relation -> Relation.valueOf(relation.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toUnmodifiableSet());
    }
}
