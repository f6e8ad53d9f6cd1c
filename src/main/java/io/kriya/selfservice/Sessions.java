package io.kriya.selfservice;

import io.kriya.database.availability.Deadline;
import io.kriya.device.Devices;
import io.kriya.oauth.Grant;
import io.kriya.security.SecretHash;
import io.kriya.token.Token;
import io.kriya.token.Tokens;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** The sessions of a user: valid login tokens and grants. Ended ones end on every replica, as by logout. */
@ApplicationScoped
class Sessions {

    /** The most that are shown of each kind, the latest first. */
    private static final int MAX_SHOWN = 500;

    private static final String VALID_TOKENS = "userId = ?1 and isActive and expiresAt > ?2";
    private static final String VALID_GRANTS =
            "userId = ?1 and endedAt is null and coalesce(tokenExpiresAt, expiresAt) > ?2";
    private static final String LATEST_FIRST = " order by createdAt desc";

    private final Tokens tokens;
    private final Devices devices;
    private final Clock clock;

    Sessions(Tokens tokens, Devices devices, Clock clock) {
        this.tokens = tokens;
        this.devices = devices;
        this.clock = clock;
    }

    /** The sessions of a user, the latest first. */
    @Deadline
    @Transactional
    List<SessionView> of(Holder holder) {
        Instant now = clock.instant();
        Set<UUID> known = devices.of(holder.user(), now);
        Stream<SessionView> ofTokens =
                Token.<Token>find(VALID_TOKENS + LATEST_FIRST, holder.user(), now).page(0, MAX_SHOWN).stream()
                        .map(token -> SessionView.of(
                                token,
                                known.contains(token.deviceId),
                                SecretHash.stored(token.tokenHash)
                                        .equals(holder.token().hash())));
        Stream<SessionView> ofGrants =
                Grant.<Grant>find(VALID_GRANTS + LATEST_FIRST, holder.user(), now).page(0, MAX_SHOWN).stream()
                        .map(grant -> SessionView.of(grant, known.contains(grant.deviceId)));
        return Stream.concat(ofTokens, ofGrants)
                .sorted(Comparator.comparing(SessionView::createdAt).reversed())
                .toList();
    }

    /** Ends a session of this user, and revokes its device; false if there is none with this id that is valid. */
    boolean end(Holder holder, UUID id) {
        return end(holder, now -> {
                    long ended = Token.update(
                                    "isActive = false where id = ?3 and " + VALID_TOKENS, holder.user(), now, id)
                            + Grant.update("endedAt = ?2 where id = ?3 and " + VALID_GRANTS, holder.user(), now, id);
                    if (ended > 0) {
                        deviceOf(id).ifPresent(device -> devices.revoke(holder.user(), device));
                    }
                    return ended;
                })
                > 0;
    }

    private static Optional<UUID> deviceOf(UUID session) {
        return Token.<Token>findByIdOptional(session)
                .map(token -> token.deviceId)
                .or(() -> Grant.<Grant>findByIdOptional(session).map(grant -> grant.deviceId));
    }

    /** Ends all sessions of this user but the current one, revokes all devices, and returns the number of sessions. */
    long endOthers(Holder holder) {
        return end(holder, now -> {
            long ended = Token.update(
                            "isActive = false where tokenHash <> ?3 and " + VALID_TOKENS,
                            holder.user(),
                            now,
                            holder.token().hash().bytes())
                    + Grant.update("endedAt = ?2 where " + VALID_GRANTS, holder.user(), now);
            devices.revokeAll(holder.user());
            return ended;
        });
    }

    @Deadline
    long end(Holder holder, ToLongFunction<Instant> update) {
        try {
            return QuarkusTransaction.requiringNew().call(() -> update.applyAsLong(clock.instant()));
        } finally {
            // At once on this replica, even if the result of the commit is not known; the others are notified.
            tokens.invalidateUser(holder.user());
        }
    }
}
