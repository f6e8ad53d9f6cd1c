package io.kriya.challenge;

import io.kriya.account.PhoneConfig;
import io.kriya.warmup.WarmUp;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;

/** Verifies a number of no country, and rolls it back. */
@Singleton
class ChallengeWarmUp implements WarmUp {

    private final Challenges challenges;
    private final PhoneConfig config;

    ChallengeWarmUp(Challenges challenges, PhoneConfig config) {
        this.challenges = challenges;
        this.config = config;
    }

    @Override
    @Transactional
    public void run() {
        if (config.isVerified()) {
            try {
                challenges.warmUp();
            } finally {
                QuarkusTransaction.setRollbackOnly();
            }
        }
    }
}
