package dev.weir.jdbc.governed;

import static org.awaitility.Awaitility.await;

import dev.weir.budget.MemoryBudget;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.RepeatedTest;

class AgroalGovernedIT extends GovernedPoolContract {

    @Override
    DataSource open(String url, String user, String password, int max) throws SQLException {
        AgroalDataSourceConfigurationSupplier configuration = new AgroalDataSourceConfigurationSupplier();
        configuration
                .connectionPoolConfiguration()
                .minSize(0)
                .initialSize(0)
                .maxSize(max)
                .acquisitionTimeout(Duration.ofSeconds(2))
                .connectionFactoryConfiguration()
                .jdbcUrl(url)
                .principal(new NamePrincipal(user))
                .credential(new SimplePassword(password));
        return AgroalDataSource.from(configuration);
    }

    @Override
    void closeByOwner(DataSource opened) {
        ((AgroalDataSource) opened).close();
    }

    @Override
    PoolKind kind() {
        return PoolKind.AGROAL;
    }

    /** Its close races with its own housekeeping thread, which it stops with work in hand. */
    @RepeatedTest(20)
    void aShutdownLeavesNoSessionOfTheIdle() throws SQLException {
        govern(MemoryBudget.unlimited());
        lease(4);
        giveAllBack();
        shutDown();
        await().atMost(SOON).until(() -> sessions() == 0);
    }
}
