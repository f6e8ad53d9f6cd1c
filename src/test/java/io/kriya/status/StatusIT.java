package io.kriya.status;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class StatusIT extends StatusTest {}
