package org.maraudersmap.server.architecture;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.text.DateFormat;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/** How code is written, wherever it is. */
final class CodingRules {
    private static final Pattern FOUR_WORDS = Pattern.compile("[a-z]+([A-Z0-9][a-z0-9]*){3,}");
    private static final Pattern COMPONENT_NAME = Pattern
            .compile(".*(Controller|Service|Repository|Consumer|Gateway)");
    private static final Set<String> FACTORIES = Set.of("of", "from");

    private CodingRules() {}

    static ArchRule componentsNameTheirMethodsInFourWords() {
        return methods().that(new DescribedPredicate<>("components offer under names of our choice") {
            @Override
            public boolean test(JavaMethod method) {
                return isComponent(method.getOwner())
                        && !method.getModifiers().contains(JavaModifier.PRIVATE)
                        && !method.getModifiers().contains(JavaModifier.SYNTHETIC)
                        && !method.isAnnotatedWith(Bean.class)
                        && !FACTORIES.contains(method.getName())
                        && !method.getName().equals("main")
                        && !overridesAnother(method);
            }
        }).should(new ArchCondition<>("have a name of at least four words") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                if (!FOUR_WORDS.matcher(method.getName()).matches()) {
                    events.add(SimpleConditionEvent.violated(
                            method, method.getFullName() + " has fewer than four words in its name"));
                }
            }
        }).allowEmptyShould(true);
    }

    private static boolean isComponent(JavaClass type) {
        return !type.isRecord()
                && !type.isInterface()
                && (type.isMetaAnnotatedWith(Component.class)
                        || COMPONENT_NAME.matcher(type.getSimpleName()).matches());
    }

    private static boolean overridesAnother(JavaMethod method) {
        var owner = method.getOwner();
        return Stream.concat(owner.getAllRawSuperclasses().stream(), owner.getAllRawInterfaces().stream())
                .flatMap(type -> type.getMethods().stream())
                .filter(inherited -> !inherited.getModifiers().contains(JavaModifier.PRIVATE))
                .anyMatch(inherited -> inherited.getName().equals(method.getName())
                        && inherited.getRawParameterTypes().size() == method.getRawParameterTypes().size());
    }

    /**
     * A stream of rows holds its connection until it is closed, and a stream of lines or of a directory its file; a
     * list has given them back.
     */
    static ArchRule nobodyLeavesRowsOrFilesOpen() {
        return noClasses().should()
                .callMethodWhere(target(new DescribedPredicate<AccessTarget>("leaves rows or a file open") {
                    @Override
                    public boolean test(AccessTarget called) {
                        var owner = called.getOwner().getName();
                        var name = called.getName();
                        return (owner.startsWith("org.springframework.jdbc.")
                                && Set.of("stream", "queryForStream").contains(name))
                                || (owner.equals("java.nio.file.Files") && Set
                                        .of("lines", "list", "walk", "find", "newDirectoryStream").contains(name));
                    }
                }))
                .because("it is closed by nobody; ask for a list, or walk with a visitor");
    }

    static ArchRule nothingIsInjectedIntoFields() {
        return NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
    }

    static ArchRule nobodyPrintsToStandardStreams(String... allowed) {
        return noClasses().that(DescribedPredicate.not(belongsTo(Set.of(allowed)))).should(ACCESS_STANDARD_STREAMS);
    }

    static ArchRule nobodyLogsWithJavaUtilLogging() {
        return NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
    }

    static ArchRule nobodyUsesOldDates() {
        return noClasses().should()
                .dependOnClassesThat(belongToAnyOf(Date.class, Calendar.class, DateFormat.class))
                .because("java.time says what it means");
    }

    /** Whoever needs the time is given a {@code Clock}; only {@code clockMakers} may make one. */
    static ArchRule timeComesFromTheClock(String... clockMakers) {
        return noClasses().that(DescribedPredicate.not(belongsTo(Set.of(clockMakers))))
                .should()
                .callMethodWhere(target(new DescribedPredicate<AccessTarget>("asks the machine for the time") {
                    @Override
                    public boolean test(AccessTarget called) {
                        var owner = called.getOwner().getName();
                        var name = called.getName();
                        return (owner.equals("java.lang.System") && name.equals("currentTimeMillis"))
                                || (owner.equals("java.time.Clock") && name.startsWith("system"))
                                || (owner.startsWith("java.time.")
                                        && name.equals("now")
                                        && !(called instanceof AccessTarget.MethodCallTarget method
                                                && method.getRawParameterTypes()
                                                        .stream()
                                                        .anyMatch(type -> type.getName().equals("java.time.Clock"))));
                    }
                }))
                .because("tests set the clock; System.nanoTime() measures durations");
    }

    private static DescribedPredicate<JavaClass> belongsTo(Set<String> names) {
        return new DescribedPredicate<>("belong to " + names) {
            @Override
            public boolean test(JavaClass type) {
                return names.contains(type.getName());
            }
        };
    }

    static ArchRule namesSayWhatClassesAreFor() {
        return noClasses().should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper");
    }

    static ArchRule staticFieldsNeverChange() {
        return fields().that()
                .areStatic()
                .should(new ArchCondition<>("be final and of a type that does not change") {
                    @Override
                    public void check(JavaField field, ConditionEvents events) {
                        if (field.getModifiers().contains(JavaModifier.SYNTHETIC)) {
                            return;
                        }
                        if (!field.getModifiers().contains(JavaModifier.FINAL)) {
                            events.add(SimpleConditionEvent.violated(field, field.getFullName() + " is not final"));
                        }
                        if (isMutable(field)) {
                            events.add(SimpleConditionEvent.violated(
                                    field, field.getFullName() + " holds a " + field.getRawType().getName()
                                            + ", which changes"));
                        }
                    }
                })
                .allowEmptyShould(true);
    }

    /** As far as the declared type tells: a {@code Map} may be immutable, a {@code HashMap} is not. */
    private static boolean isMutable(JavaField field) {
        var type = field.getRawType();
        var isCollection = type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class);
        return (isCollection && !type.isInterface() && !type.getName().startsWith("java.util.EnumSet"))
                || type.getPackageName().equals("java.util.concurrent.atomic")
                || type.getName().equals("java.util.concurrent.ConcurrentMap")
                || type.getName().equals("java.lang.StringBuilder")
                || (type.isArray() && field.getModifiers().contains(JavaModifier.PUBLIC));
    }
}
