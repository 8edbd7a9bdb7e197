package dev.weir.benchmarks.contender;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.time.Duration;
import java.util.List;

/** Agroal; checked after 500 ms of rest, which is off by default. Uncommitted work is committed on return either way. */
record AgroalContender(boolean checked) implements Contender {

    @Override
    public OpenPool open(PoolSpec spec) throws Exception {
        AgroalDataSourceConfigurationSupplier configuration = new AgroalDataSourceConfigurationSupplier();
        configuration
                .connectionPoolConfiguration()
                .minSize(spec.min())
                .initialSize(spec.min())
                .maxSize(spec.max())
                .acquisitionTimeout(spec.timeout());
        if (!spec.lifetime().isZero()) {
            configuration.connectionPoolConfiguration().maxLifetime(spec.lifetime());
        }
        if (checked) {
            configuration
                    .connectionPoolConfiguration()
                    .idleValidationTimeout(Duration.ofMillis(500))
                    .connectionValidator(ConnectionValidator.defaultValidator());
        }
        configuration
                .connectionPoolConfiguration()
                .connectionFactoryConfiguration()
                .connectionProviderClassName(spec.driver())
                .jdbcUrl(spec.url());
        if (!spec.user().isEmpty()) {
            configuration
                    .connectionPoolConfiguration()
                    .connectionFactoryConfiguration()
                    .principal(new NamePrincipal(spec.user()))
                    .credential(new SimplePassword(spec.password()));
        }
        AgroalDataSource opened = AgroalDataSource.from(configuration);
        return new OpenPool(opened, opened::close);
    }

    @Override
    public List<Class<?>> jars() {
        return List.of(io.agroal.pool.DataSource.class, AgroalDataSource.class);
    }
}
