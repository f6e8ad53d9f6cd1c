package io.kriya.verification;

import io.kriya.database.WarmUp;
import io.kriya.user.PhoneConfig;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;

/** Verifies a number of no country, and rolls it back. */
@Singleton
class VerificationWarmUp implements WarmUp {

    private final Challenges challenges;
    private final PhoneConfig config;

    VerificationWarmUp(Challenges challenges, PhoneConfig config) {
        this.challenges = challenges;
        this.config = config;
    }

    @Override
    @Transactional
    public void run() {
        if (config.isVerified()) {
            try {
                challenges.tryOut();
            } finally {
                QuarkusTransaction.setRollbackOnly();
            }
        }
    }
}
