package io.kriya.plane;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ValidateTokenIT extends ValidateTokenTest {}
