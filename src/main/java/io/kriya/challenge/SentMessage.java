package io.kriya.challenge;

import io.kriya.sms.SmsDispatch;
import io.kriya.sms.SmsResult;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
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
        update("sender = ?1, result = ?2, errorCode = ?3 where id = ?4", delivery.sender(), result.kind(), code, id);
    }
}
