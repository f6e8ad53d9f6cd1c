package io.kriya.token;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class CleanupIT extends CleanupTest {}
