package io.kriya.registration;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class RegistrationRaceIT extends RegistrationRaceTest {}
