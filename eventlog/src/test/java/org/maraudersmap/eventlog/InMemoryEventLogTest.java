package org.maraudersmap.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.contract.PublishableEventLogContract;

final class InMemoryEventLogTest extends PublishableEventLogContract {

    @Override
    protected PublishableEventLog openEmptyLog() {
        return new InMemoryEventLog();
    }

    @Test
    void should_give_every_log_an_epoch_of_its_own() {
        assertThat(new InMemoryEventLog().head().epoch()).isNotEqualTo(new InMemoryEventLog().head().epoch());
    }
}
