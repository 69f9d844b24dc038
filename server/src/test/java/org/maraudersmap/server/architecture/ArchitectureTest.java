package org.maraudersmap.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maraudersmap.server.architecture.ProductClasses.EVENTLOG;
import static org.maraudersmap.server.architecture.ProductClasses.SERVER;
import static org.maraudersmap.server.architecture.ProductClasses.SOCKETIO;

import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.maraudersmap.server.Application;
import org.springframework.modulith.core.ApplicationModules;

/** The product keeps its rules. */
class ArchitectureTest {
    private final StructureRules structure = new StructureRules(SERVER);

    private static void check(ArchRule rule) {
        rule.check(ProductClasses.all());
    }

    @Test
    void should_read_all_classes_and_no_test() {
        assertThat(ProductClasses.all().contain(SERVER + ".Application")).isTrue();
        assertThat(ProductClasses.all().contain(EVENTLOG + ".EventLog")).isTrue();
        assertThat(ProductClasses.all()).anyMatch(type -> type.getPackageName().startsWith(SOCKETIO));
        assertThat(ProductClasses.all()).noneMatch(type -> type.getSimpleName().endsWith("Test"));
        assertThat(ProductClasses.all()).noneMatch(type -> type.getSimpleName().endsWith("Contract"));
    }

    @Test
    void should_keep_borders_of_modules() {
        ApplicationModules.of(Application.class).verify();
    }

    @Test
    void should_have_no_cycle_between_packages() {
        check(structure.packagesFormNoCycle());
        check(new StructureRules(SOCKETIO).packagesFormNoCycle().allowEmptyShould(true));
    }

    @Test
    void should_keep_reactive_types_in_one_package() {
        check(structure.reactiveTypesStayInPlatformWeb());
    }

    @Test
    void should_let_modules_know_only_what_they_stand_on() {
        check(structure.modulesKnowOnlyWhatTheyStandOn());
    }

    @Test
    void should_keep_libraries_for_anyone() {
        check(structure.librariesKnowNothingOfTheProduct(SOCKETIO + "..", EVENTLOG + ".."));
        check(structure.libraryDoesNotKnow(SOCKETIO + "..", EVENTLOG + ".."));
        check(structure.libraryDoesNotKnow(EVENTLOG + "..", SOCKETIO + ".."));
    }

    @Test
    void should_make_public_only_what_another_package_needs() {
        check(structure.publicTypesAreNeededElsewhere());
    }

    @Test
    void should_name_methods_of_components_in_four_words() {
        check(CodingRules.componentsNameTheirMethodsInFourWords());
    }

    @Test
    void should_leave_no_rows_and_no_files_open() {
        check(CodingRules.nobodyLeavesRowsOrFilesOpen());
    }

    @Test
    void should_inject_nothing_into_fields() {
        check(CodingRules.nothingIsInjectedIntoFields());
    }

    @Test
    void should_log_and_not_print() {
        // Whoever starts the product with a wrong setting gets one line, before there is a log.
        check(CodingRules.nobodyPrintsToStandardStreams(SERVER + ".Application"));
        check(CodingRules.nobodyLogsWithJavaUtilLogging());
    }

    @Test
    void should_use_java_time() {
        check(CodingRules.nobodyUsesOldDates());
    }

    @Test
    void should_take_the_time_from_the_clock() {
        // The library has a clock of its own for whoever gives it none.
        check(CodingRules.timeComesFromTheClock(
                SERVER + ".platform.PlatformConfiguration",
                SOCKETIO + ".SocketIoServer$Builder",
                SOCKETIO + ".InMemoryRecovery"));
    }

    @Test
    void should_name_classes_after_what_they_are_for() {
        check(CodingRules.namesSayWhatClassesAreFor());
    }

    @Test
    void should_have_no_static_field_that_changes() {
        check(CodingRules.staticFieldsNeverChange());
    }
}
