package org.maraudersmap.server.platform.database;

import org.maraudersmap.server.platform.settings.Setting;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Holds while no external database is set. */
final class EverythingEmbedded implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return context.getEnvironment().getProperty(Setting.DATABASE_URL.name(), "").isBlank();
    }
}
