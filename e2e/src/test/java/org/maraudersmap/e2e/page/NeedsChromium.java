package org.maraudersmap.e2e.page;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Gives the tests of a class {@link People} and a {@code Product}, one class at a time. Where there is no Chromium, it
 * skips them, and says so.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith({NeedsChromium.Condition.class, PeopleOfTests.class, ProductOfThePage.class})
@interface NeedsChromium {

    /** Looks for it. */
    final class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return Chromium.find()
                    .map(path -> ConditionEvaluationResult.enabled("Chromium is " + path))
                    .orElseGet(() -> {
                        var reason = "no Chromium here: the page is not tested; install it, or name it in CHROMIUM";
                        System.out.println(context.getDisplayName() + " is skipped: " + reason);
                        return ConditionEvaluationResult.disabled(reason);
                    });
        }
    }
}
