package io.kriya.token;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class LogoutIT extends LogoutTest {}
