package io.kriya.receipt;

import io.kriya.challenge.Deliveries;
import io.kriya.error.ErrorCode;
import io.kriya.error.ProblemException;
import io.kriya.http.Form;
import io.kriya.sms.TwilioReceipts;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Takes Twilio's status callbacks; the signature is their authentication. */
@Path(TwilioReceipts.PATH)
@RequiresTwilioReceipts
public class TwilioReceiptResource {

    private final TwilioReceipts receipts;
    private final Deliveries deliveries;
    private final ReceiptMetrics metrics;

    TwilioReceiptResource(TwilioReceipts receipts, Deliveries deliveries, ReceiptMetrics metrics) {
        this.receipts = receipts;
        this.deliveries = deliveries;
        this.metrics = metrics;
    }

    /** Responds with 204 also to what changes nothing, as Twilio would log an error and may send it again. */
    @POST
    @PermitAll
    @RunOnVirtualThread
    @Consumes(MediaType.WILDCARD)
    @Operation(hidden = true)
    public void receive(Form form, @Context HttpServerRequest http) {
        if (!receipts.isSigned(http.query(), form.fields(), http.getHeader("X-Twilio-Signature"))) {
            metrics.countRefused();
            throw new ProblemException(ErrorCode.INVALID_SIGNATURE);
        }
        receipts.read(http.query(), form).ifPresent(deliveries::record);
    }
}
