package io.kriya.token;

import io.kriya.warmup.WarmUp;
import jakarta.inject.Singleton;

/** Looks up a token that was never issued. */
@Singleton
class TokenWarmUp implements WarmUp {

    private final TokenLookup lookup;

    TokenWarmUp(TokenLookup lookup) {
        this.lookup = lookup;
    }

    @Override
    public void run() {
        lookup.find(TokenSecret.random().hash()).await().indefinitely();
    }
}
