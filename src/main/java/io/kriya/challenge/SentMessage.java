package io.kriya.challenge;

import io.kriya.database.Sql;
import io.kriya.sms.DeliveryReceipt;
import io.kriya.sms.SmsDispatch;
import io.kriya.sms.SmsResult;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A text message that was sent or attempted, recorded for billing. */
@Entity
@Table(name = "messages")
public class SentMessage extends PanacheEntityBase {

    /** The result is not known yet; after a crash, it never is. */
    static final String PENDING = "pending";

    /** Also the reference that the SMS provider gets. */
    @Id
    public UUID id;

    public UUID challengeId;

    /** The country, which determines the price: its ISO 3166 code, or ZZ. */
    public String country;

    /** The SMS provider that accepted it; null until then. */
    public String sender;

    public String result;

    /** The SMS provider's numeric error code; null if it gave none. */
    public Integer errorCode;

    /** {@code delivered} or {@code undelivered}, by the receipt; null until there is one. */
    public String delivery;

    /** When the receipt came. */
    public Instant deliveryAt;

    public Instant createdAt;

    /** Inserts a message that is about to be sent, within the transaction of the caller. */
    static SentMessage insert(Challenge challenge, String country, Instant now) {
        var message = new SentMessage();
        message.id = UUID.randomUUID();
        message.challengeId = challenge.id;
        message.country = country;
        message.result = PENDING;
        message.createdAt = now;
        message.persist();
        return message;
    }

    static void recordResult(UUID id, SmsDispatch.Delivery delivery) {
        SmsResult result = delivery.result();
        Integer code = result.errorCode() == SmsResult.NO_CODE ? null : result.errorCode();
        // A receipt may have been faster.
        update(
                "sender = ?1, result = ?2, errorCode = coalesce(errorCode, ?3) where id = ?4",
                delivery.sender(),
                result.kind(),
                code,
                id);
    }

    /**
     * Records the receipt of a message that an SMS provider has, or may have, accepted.
     *
     * @param earliest messages that are older get no receipt
     * @return the country; empty if nothing has changed
     */
    static Optional<String> recordReceipt(DeliveryReceipt receipt, Instant now, Instant earliest) {
        return Sql.of("""
                        update messages set delivery = :delivery, delivery_at = :now,
                            error_code = coalesce(nullif(:code, 0), error_code)
                        where id = :id and delivery is null and created_at > :earliest
                            and result in ('sent', 'unknown', 'pending') and coalesce(sender, :sender) = :sender
                        returning country""")
                .with("delivery", receipt.delivery())
                .with("now", now)
                .with("code", receipt.errorCode())
                .with("id", receipt.reference())
                .with("earliest", earliest)
                .with("sender", receipt.sender())
                .first(row -> row.getString("country"));
    }
}
