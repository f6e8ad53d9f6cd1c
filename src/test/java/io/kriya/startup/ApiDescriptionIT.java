package io.kriya.startup;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ApiDescriptionIT extends ApiDescriptionTest {}
