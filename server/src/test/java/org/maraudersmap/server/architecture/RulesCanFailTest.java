package org.maraudersmap.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.maraudersmap.fixtures.modulith.PlantedApplication;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.core.Violations;

/** Every rule finds the violation that is planted for it, and nothing beside it. */
class RulesCanFailTest {

    private static StructureRules structureOf(String fixture) {
        return new StructureRules("org.maraudersmap.fixtures." + fixture);
    }

    /** Asserts that a rule finds exactly so many violations, each naming what it should. */
    private static void assertViolations(String fixture, ArchRule rule, String... found) {
        var details = rule.evaluate(ProductClasses.fixture(fixture)).getFailureReport().getDetails();
        assertThat(details).as("violations of: " + rule.getDescription()).hasSameSizeAs(found);
        for (var expected : found) {
            assertThat(details).anyMatch(detail -> detail.contains(expected));
        }
    }

    private static List<String> violationsOf(String fixture, ArchRule rule) {
        return rule.evaluate(ProductClasses.fixture(fixture)).getFailureReport().getDetails();
    }

    @Test
    void should_find_a_module_that_uses_what_another_hides() {
        var modules = ApplicationModules.of(PlantedApplication.class, location -> true);

        assertThatThrownBy(modules::verify).isInstanceOf(Violations.class)
                .hasMessageContaining("comments")
                .hasMessageContaining("HiddenRule");
    }

    @Test
    void should_find_a_cycle_between_packages() {
        assertThat(violationsOf("cycle", structureOf("cycle").packagesFormNoCycle())).singleElement().asString()
                .contains("Slice first").contains("Slice second");
    }

    @Test
    void should_find_reactive_types_in_the_wrong_package() {
        assertThat(violationsOf("reactive", structureOf("reactive").reactiveTypesStayInPlatformWeb()))
                .anyMatch(violation -> violation.contains("ReactiveReport"))
                .anyMatch(violation -> violation.contains("ReactiveFilter"))
                .noneMatch(violation -> violation.contains("AllowedFilter"));
    }

    @Test
    void should_find_arrows_that_point_the_wrong_way() {
        assertThat(violationsOf("arrows", structureOf("arrows").modulesKnowOnlyWhatTheyStandOn()))
                .anyMatch(violation -> violation.startsWith("backbone must not know incidents"))
                .anyMatch(violation -> violation.startsWith("notifications must not know incidents"))
                .anyMatch(violation -> violation.contains("Rumour is in module gossip, which has no place yet"))
                .noneMatch(violation -> violation.startsWith("comments"));
    }

    @Test
    void should_find_libraries_that_know_the_product() {
        var rules = new StructureRules("org.maraudersmap.fixtures.library.server");

        assertThat(violationsOf(
                "library", rules.librariesKnowNothingOfTheProduct("org.maraudersmap.fixtures.library.socketio..")))
                .anyMatch(violation -> violation.contains("SpringLibrary"))
                .anyMatch(violation -> violation.contains("ServerLibrary"));
        assertThat(violationsOf("library", rules.libraryDoesNotKnow("..socketio..", "..library.server..")))
                .isNotEmpty();
    }

    @Test
    void should_find_public_types_that_nobody_else_needs() {
        assertViolations("exposed", structureOf("exposed").publicTypesAreNeededElsewhere(), "NeedlesslyPublic");
    }

    @Test
    void should_find_names_of_fewer_than_four_words() {
        assertViolations(
                "names", CodingRules.componentsNameTheirMethodsInFourWords(), "OwlService.send()",
                "Owlery.countOwls()");
    }

    @Test
    void should_find_classes_whose_names_say_nothing() {
        assertViolations("names", CodingRules.namesSayWhatClassesAreFor(), "OwlUtils", "OwlHelper");
    }

    @Test
    void should_find_rows_and_files_that_nobody_closes() {
        assertViolations(
                "habits", CodingRules.nobodyLeavesRowsOrFilesOpen(), "OpenRows.count", "OpenRows.query",
                "OpenRows.walk");
    }

    @Test
    void should_find_injected_fields() {
        assertViolations("habits", CodingRules.nothingIsInjectedIntoFields(), "InjectedField.injected");
    }

    @Test
    void should_find_printing() {
        assertViolations("habits", CodingRules.nobodyPrintsToStandardStreams(), "Printer.print()");
        assertThat(violationsOf("habits", CodingRules.nobodyLogsWithJavaUtilLogging())).isNotEmpty();
    }

    @Test
    void should_find_old_dates() {
        assertThat(violationsOf("habits", CodingRules.nobodyUsesOldDates())).isNotEmpty()
                .allMatch(violation -> violation.contains("OldDate"));
    }

    @Test
    void should_find_time_that_does_not_come_from_the_clock() {
        assertViolations("habits", CodingRules.timeComesFromTheClock(), "askInstant", "askSystem", "makeClock");
        assertThat(violationsOf(
                "habits", CodingRules.timeComesFromTheClock("org.maraudersmap.fixtures.habits.OwnTime"))).isEmpty();
    }

    @Test
    void should_find_static_fields_that_change() {
        assertViolations(
                "habits", CodingRules.staticFieldsNeverChange(),
                "StaticState.replaced", "StaticState.GROWING", "StaticState.COUNTING", "StaticState.EXPOSED");
    }
}
