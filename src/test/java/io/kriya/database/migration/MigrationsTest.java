package io.kriya.database.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.kriya.TestSettings;
import io.kriya.database.availability.MigrationState;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestSettings.class, scope = TestResourceScope.GLOBAL)
class MigrationsTest {

    @Inject
    Flyway flyway;

    @Inject
    SessionFactory hibernate;

    @Test
    void theLatestMigrationIsTheOneThatAStartChecks() {
        assertThat(Arrays.stream(flyway.info().all())
                        .map(migration -> migration.getVersion())
                        .max(Comparable::compareTo)
                        .orElseThrow()
                        .getVersion())
                .isEqualTo(MigrationState.LATEST);
    }

    @Test
    void nothingIsLeftToMigrate() {
        assertThat(flyway.info().pending()).isEmpty();
        assertThatCode(flyway::validate).doesNotThrowAnyException();
    }

    @Test
    void theEntitiesFitTheTables() {
        assertThatCode(() -> hibernate.getSchemaManager().validate()).doesNotThrowAnyException();
    }
}
