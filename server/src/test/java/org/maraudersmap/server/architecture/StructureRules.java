package org.maraudersmap.server.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/** What may know what: modules, libraries, reactive types. For the product, or for a package that imitates it. */
final class StructureRules {
    private static final Set<String> GROUND = Set.of("platform", "backbone", "realtime");
    /** The modules that each module may use, beside {@link #GROUND} for domain modules. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("platform", Set.of()),
            Map.entry("backbone", Set.of("platform")),
            Map.entry("realtime", Set.of("platform", "backbone")),
            Map.entry("identity", GROUND),
            Map.entry("incidents", withGround("identity")),
            Map.entry("comments", withGround("identity", "incidents")),
            Map.entry("notifications", withGround("identity")),
            Map.entry("presence", withGround("identity")),
            Map.entry("analytics", withGround("identity")),
            Map.entry("audit", withGround("identity")));

    private final String root;

    /** Rules for the modules in packages below {@code root}. */
    StructureRules(String root) {
        this.root = root;
    }

    private static Set<String> withGround(String... modules) {
        return Stream.concat(GROUND.stream(), Stream.of(modules)).collect(java.util.stream.Collectors.toSet());
    }

    ArchRule packagesFormNoCycle() {
        return slices().matching(root + ".(**)").should().beFreeOfCycles();
    }

    ArchRule reactiveTypesStayInPlatformWeb() {
        return noClasses().that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackage(root + ".platform.web..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("reactor..", "org.reactivestreams..").or(type(ServerWebExchange.class))
                                .or(type(WebFilter.class))
                                .or(type(WebFilterChain.class)))
                .because("routes are plain Java on virtual threads; one package holds what is reactive");
    }

    ArchRule modulesKnowOnlyWhatTheyStandOn() {
        return classes().that()
                .resideInAPackage(root + ".*..")
                .should(new ArchCondition<>("depend only on modules that theirs stands on") {
                    @Override
                    public void check(JavaClass origin, ConditionEvents events) {
                        var module = moduleOf(origin).orElseThrow();
                        var allowed = ARROWS.get(module);
                        if (allowed == null) {
                            events.add(SimpleConditionEvent.violated(
                                    origin, origin.getName() + " is in module " + module + ", which has no place yet"));
                            return;
                        }
                        for (var dependency : origin.getDirectDependenciesFromSelf()) {
                            moduleOf(dependency.getTargetClass())
                                    .filter(target -> !target.equals(module) && !allowed.contains(target))
                                    .ifPresent(target -> events.add(SimpleConditionEvent.violated(
                                            origin, module + " must not know " + target + ": "
                                                    + dependency.getDescription())));
                        }
                    }
                });
    }

    ArchRule librariesKnowNothingOfTheProduct(String... libraries) {
        return noClasses().that()
                .resideInAnyPackage(libraries)
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.springframework..", root, root + "..", root + ".."))
                .because("they are for anyone");
    }

    ArchRule libraryDoesNotKnow(String library, String other) {
        return noClasses().that().resideInAPackage(library).should().dependOnClassesThat(resideInAPackage(other));
    }

    ArchRule publicTypesAreNeededElsewhere() {
        return classes().that()
                .resideInAPackage(root + ".*..")
                .and(new DescribedPredicate<>("are public and not nested") {
                    @Override
                    public boolean test(JavaClass candidate) {
                        return candidate.getModifiers().contains(JavaModifier.PUBLIC)
                                && candidate.isTopLevelClass()
                                && !candidate.getSimpleName().equals("package-info");
                    }
                })
                .should(new ArchCondition<>("be used by another package") {
                    @Override
                    public void check(JavaClass candidate, ConditionEvents events) {
                        if (!isUsedOutsideItsPackage(candidate) && !isInPublicSignature(candidate)) {
                            events.add(SimpleConditionEvent.violated(
                                    candidate, candidate.getName() + " is public, but no other package uses it"));
                        }
                    }
                });
    }

    private static boolean isUsedOutsideItsPackage(JavaClass candidate) {
        return candidate.getDirectDependenciesToSelf()
                .stream()
                .anyMatch(use -> !use.getOriginClass().getPackageName().equals(candidate.getPackageName()));
    }

    /** Who calls a public method must be able to name what it takes and gives. */
    private static boolean isInPublicSignature(JavaClass candidate) {
        return candidate.getDirectDependenciesToSelf()
                .stream()
                .map(use -> use.getOriginClass())
                .filter(user -> user.getModifiers().contains(JavaModifier.PUBLIC) && !user.equals(candidate))
                .flatMap(user -> user.getMethods().stream())
                .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                .anyMatch(method -> method.getAllInvolvedRawTypes().contains(candidate));
    }

    private Optional<String> moduleOf(JavaClass type) {
        var name = type.getPackageName();
        return name.startsWith(root + ".")
                ? Optional.of(name.substring(root.length() + 1).replaceAll("\\..*", ""))
                : Optional.empty();
    }
}
