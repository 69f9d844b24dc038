package org.maraudersmap.server.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionSystemException;

class DatabaseTroubleTest {

    @Test
    void should_know_what_cut_a_transaction_that_could_not_be_rolled_back() {
        var cut = new TransactionSystemException("JDBC rollback failed", new SQLException("Connection is closed"));
        cut.initApplicationException(
                new DataAccessResourceFailureException("select",
                        new SQLException("unexpected postmaster exit", "57P01")));

        assertThat(DatabaseTrouble.of(cut)).contains(DatabaseTrouble.STARTING_OR_STOPPING);
    }
}
