package io.kriya.receipt;

import io.kriya.challenge.Deliveries;
import io.kriya.error.ErrorCode;
import io.kriya.error.ProblemException;
import io.kriya.error.Violation;
import io.kriya.http.RawBody;
import io.kriya.sms.WebhookReceipts;
import io.kriya.validation.ViolationCode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Takes the receipts of the operator's webhook; the signature is their authentication. */
@Path(WebhookReceipts.PATH)
@RequiresWebhookReceipts
public class WebhookReceiptResource {

    private final WebhookReceipts receipts;
    private final Deliveries deliveries;
    private final ReceiptMetrics metrics;

    WebhookReceiptResource(WebhookReceipts receipts, Deliveries deliveries, ReceiptMetrics metrics) {
        this.receipts = receipts;
        this.deliveries = deliveries;
        this.metrics = metrics;
    }

    /** Responds with 204 also to what changes nothing, so that it is not sent again. */
    @POST
    @PermitAll
    @RunOnVirtualThread
    @Consumes(MediaType.WILDCARD)
    @Operation(hidden = true)
    public void receive(RawBody body, @Context HttpServerRequest http) {
        if (!receipts.isSigned(
                http.getHeader("webhook-id"),
                http.getHeader("webhook-timestamp"),
                http.getHeader("webhook-signature"),
                body.bytes())) {
            metrics.countRefused();
            throw new ProblemException(ErrorCode.INVALID_SIGNATURE);
        }
        deliveries.record(receipts.read(body.bytes())
                .orElseThrow(() -> new ProblemException(
                        ErrorCode.INVALID_REQUEST,
                        new Violation(
                                "body",
                                ViolationCode.MALFORMED,
                                "has no reference, or a status other than delivered and undelivered"))));
    }
}
