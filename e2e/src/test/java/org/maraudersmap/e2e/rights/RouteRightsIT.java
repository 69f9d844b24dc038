package org.maraudersmap.e2e.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.maraudersmap.e2e.OnSharedProduct;
import org.maraudersmap.e2e.harness.Answer;
import org.maraudersmap.e2e.harness.Api;
import org.maraudersmap.e2e.harness.DescribedRoutes;
import org.maraudersmap.e2e.harness.Product;
import org.maraudersmap.e2e.rights.Permission.Request;

/**
 * Every route of the product, tried by every role, and by whoever of that role has something to do with the thing: who
 * may, succeeds; all others are refused, with status and code, and nothing is done.
 */
@OnSharedProduct
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteRightsIT {
    private static final String WHO_MAY_DO_WHAT = """
            action                                | STUDENT              | PREFECT    | AUROR     | ADMIN

            have an account; be asked after       | anybody              | anybody    | anybody   | anybody
                POST   /api/auth/register {"email":"{newMail}","password":"12345678","firstName":"A","lastName":"B"}
                POST   /api/auth/login {"email":"{mail}","password":"mischief-managed"}
                POST   /api/auth/refresh {"refreshToken":"{refreshToken}"}
                POST   /api/auth/logout {"refreshToken":"{refreshToken}"}
                GET    /health
                GET    /health/ready
                GET    /metrics
                GET    /api/monitoring/iggy-status

            read incidents, comments, presence    | yes                  | yes        | yes       | yes
                GET    /api/incidents
                GET    /api/incidents/{incident}
                GET    /api/incidents/{incident}/timeline
                GET    /api/incidents/{incident}/comments
                GET    /api/presence/online
                GET    /api/presence/online/by-role
                GET    /api/presence/incident/{incident}
                GET    /api/presence/incidents

            report; comment                       | yes                  | yes        | yes       | yes
                POST   /api/incidents {"title":"Reported"}
                POST   /api/incidents/{incident}/comments {"content":"Said"}

            edit, start, resolve, reopen          | reporter or assignee | yes        | yes       | yes
                PUT    /api/incidents/{incident} {"title":"Edited"}
                PUT    /api/incidents/{incident} {"status":"RESOLVED"}
                PATCH  /api/incidents/{incident} {"severity":"CRITICAL"}
                PATCH  /api/incidents/{incident} {"status":"IN_PROGRESS"}
                PATCH  /api/incidents/{incident} {"status":"RESOLVED"}
                PATCH  /api/incidents/{incident} {"status":"OPEN"} (of a resolved one)
                PATCH  /api/incidents/{incident}/resolve {"resolution":"Managed"}
                DELETE /api/incidents/{incident}

            assign an incident                    | no                   | yes        | yes       | yes
                PUT    /api/incidents/{incident}/assignee {"userId":"{prefect}"}

            archive an incident                   | no                   | no         | yes       | yes
                PUT    /api/incidents/{incident} {"status":"ARCHIVED"} (of a resolved one)
                PATCH  /api/incidents/{incident} {"status":"ARCHIVED"} (of a resolved one)

            delete a comment                      | its author           | its author | yes       | yes
                DELETE /api/incidents/{incident}/comments/{comment}

            read, mark, dismiss a notification    | its owner            | its owner  | its owner | its owner
                PATCH  /api/notifications/{notification}/read
                DELETE /api/notifications/{notification}

            look after one's own; see users, log  | yes                  | yes        | yes       | yes
                GET    /api/auth/me
                PUT    /api/auth/change-password {"oldPassword":"mischief-managed","newPassword":"managed-mischief"}
                GET    /api/users
                GET    /api/notifications
                GET    /api/notifications/unread/count
                PATCH  /api/notifications/read-all
                GET    /api/presence/current-user
                GET    /api/events

            analytics                             | yes                  | yes        | yes       | yes
                GET    /api/analytics/overview

            audit, dead letters, consumers        | no                   | no         | no        | yes
                GET    /api/audit
                GET    /api/monitoring/consumers
                POST   /api/monitoring/consumers/{consumer}/reset {"position":0}
                GET    /api/monitoring/dead-letters
                POST   /api/monitoring/dead-letters/{letter}/redrive (there is none)

            become the first, where there is one  | no                   | no         | no        | no
                POST   /api/auth/first-admin {"token":"alohomora"}

            change roles                          | no                   | no         | no        | yes
                PUT    /api/users/{user}/role {"role":"PREFECT"}
            """;

    private final Api api;
    private final Company company;
    private final List<Permission> permissions = Permission.parse(WHO_MAY_DO_WHAT);

    RouteRightsIT(Product product) {
        this.api = product.api();
        this.company = new Company(api);
    }

    @AfterAll
    void dismissCompany() {
        company.close();
    }

    @Test
    void should_say_of_every_route_who_may_use_it() {
        var known = permissions.stream()
                .flatMap(permission -> permission.requests().stream())
                .map(request -> DescribedRoutes.nameOf(request.method(), request.path()))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(known).isEqualTo(DescribedRoutes.of(api));
    }

    @TestFactory
    Stream<DynamicTest> should_let_those_pass_who_may_and_refuse_all_others() {
        return permissions.stream().flatMap(permission -> permission.requests().stream().flatMap(request -> {
            var callers = Arrays.stream(Role.values())
                    .flatMap(role -> request.relations().stream().map(relation -> company.member(role, relation)));
            return Stream.concat(
                    Stream.of(dynamicTest("nobody: " + request, () -> checkNobody(permission, request))),
                    callers.map(
                            caller -> dynamicTest(caller + ": " + request, () -> check(permission, request, caller))));
        }));
    }

    private void checkNobody(Permission permission, Request request) {
        var scene = new Scene(api, company, company.member(Role.STUDENT, Relation.STRANGER));
        if (permission.isOpen()) {
            assertThat(send(request, scene, Optional.empty()).status()).isBetween(200, 299);
        } else {
            checkRefusal(request, scene, Optional.empty(), 401, "UNAUTHENTICATED");
        }
    }

    private void check(Permission permission, Request request, Caller caller) {
        var scene = new Scene(api, company, caller);
        if (permission.isGivenTo(caller)) {
            prepare(request, scene);
            var before = scene.state();
            var answer = send(request, scene, Optional.of(caller));
            if (request.isOfNothing()) {
                assertThat(answer.status()).as("%s: %s: answered %s", caller, request, answer.text()).isEqualTo(404);
            } else {
                assertThat(answer.status()).as("%s: %s: answered %s", caller, request, answer.text())
                        .isBetween(200, 299);
            }
            if (request.changesSomethingThatIsThere()) {
                assertThat(scene.state()).as("done").isNotEqualTo(before);
            }
        } else if (request.path().contains("{notification}")) {
            // That it exists is nobody else's business.
            checkRefusal(request, scene, Optional.of(caller), 404, "NOT_FOUND");
        } else {
            checkRefusal(request, scene, Optional.of(caller), 403, "FORBIDDEN");
        }
    }

    private void checkRefusal(Request request, Scene scene, Optional<Caller> caller, int status, String code) {
        prepare(request, scene);
        var before = scene.state();
        var answer = send(request, scene, caller);
        assertThat(answer.status())
                .as("%s: %s: answered %s", caller.map(Caller::toString).orElse("nobody"), request, answer.text())
                .isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.header("Content-Type")).hasValueSatisfying(
                type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(scene.state()).as("nothing done").isEqualTo(before);
    }

    private static void prepare(Request request, Scene scene) {
        scene.fill(request.path() + request.body());
        if (request.isOfResolved()) {
            scene.resolveIncident();
        }
    }

    private Answer send(Request request, Scene scene, Optional<Caller> caller) {
        return api.sendText(
                request.method(),
                scene.fill(request.path()),
                caller.map(Caller::token).orElse(null),
                request.body().isEmpty() ? null : scene.fill(request.body()));
    }
}
