package io.kriya.selfservice;

import io.kriya.token.TokenSecret;
import java.util.UUID;

/** The user of a valid login token. */
record Holder(TokenSecret token, UUID user) {}
