package io.kriya.challenge;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A text message that was to be sent, for the books: what it cost, by country, and what became of it. */
@Entity
@Table(name = "messages")
public class SentMessage extends PanacheEntityBase {

    /** What becomes of it is not known yet; after a crash, never. */
    static final String PENDING = "pending";

    /** Also the reference that the sender gets. */
    @Id
    public UUID id;

    public UUID challengeId;

    /** What it costs depends on it: ISO 3166, or ZZ. */
    public String country;

    /** Who took it; null until then. */
    public String sender;

    public String result;
    public Instant createdAt;

    /** Notes a message that is about to be sent, within the transaction of the caller. */
    static SentMessage note(Challenge challenge, String country, Instant now) {
        var message = new SentMessage();
        message.id = UUID.randomUUID();
        message.challengeId = challenge.id;
        message.country = country;
        message.result = PENDING;
        message.createdAt = now;
        message.persist();
        return message;
    }
}
