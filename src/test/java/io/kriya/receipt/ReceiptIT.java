package io.kriya.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Deployment;
import io.kriya.KriyaProcess;
import io.kriya.sms.FakeGateway;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Delivery receipts, on two replicas that send by Twilio. */
class ReceiptIT {

    private static final String PUBLIC_URL = "https://login.example.com/kriya";
    private static final String TWILIO = "/api/sms/receipts/twilio";
    private static final String WEBHOOK = "/api/sms/receipts/webhook";
    private static final String UNTOUCHED = "sent";

    @AutoClose
    private static Deployment kriya;

    @BeforeAll
    static void twoReplicasRun() {
        kriya = Deployment.start(0, Map.of());
        for (int i = 0; i < 2; i++) {
            kriya.replicas.add(KriyaProcess.start(environment("twilio,webhook")));
        }
    }

    private static Map<String, String> environment(String senders) {
        var environment = kriya.environment();
        environment.putAll(kriya.gateway.twilio());
        environment.putAll(Map.of("SMS_SENDERS", senders, "SMS_RECEIPTS", "true", "PUBLIC_URL", PUBLIC_URL));
        return environment;
    }

    /** Sends a message by Twilio; the query of its status callback. */
    private static String sent() {
        kriya.register(Deployment.number());
        String callback = kriya.gateway.last().fields().get("StatusCallback");
        assertThat(callback).startsWith(PUBLIC_URL + TWILIO + "?reference=");
        return callback.substring(callback.indexOf('?') + 1);
    }

    private static String reference(String query) {
        return query.substring("reference=".length());
    }

    /** A message that another provider has accepted. */
    private static String sentBy(String sender) {
        String id = UUID.randomUUID().toString();
        kriya.database.execute("insert into messages (id, challenge_id, country, sender, result, created_at)"
                + " values ('%s', gen_random_uuid(), 'IN', '%s', 'sent', now())".formatted(id, sender));
        return id;
    }

    private static String record(String reference) {
        return kriya.database.query("select concat_ws(' ', result, delivery, error_code) from messages where id = '"
                + reference + "' and (delivery is null) = (delivery_at is null)");
    }

    private static Map<String, String> callback(String status, String errorCode) {
        var fields = new HashMap<String, String>();
        fields.put("MessageSid", "SM" + "0".repeat(32));
        fields.put("MessageStatus", status);
        fields.put("To", "+12025550123");
        fields.put("EmptyField", "");
        if (errorCode != null) {
            fields.put("ErrorCode", errorCode);
        }
        return fields;
    }

    private static String signed(String url, Map<String, String> fields, String token) {
        String text = url
                + new TreeMap<>(fields)
                        .entrySet().stream()
                                .map(field -> field.getKey() + field.getValue())
                                .collect(Collectors.joining());
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(token.getBytes(UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static HttpResponse<String> twilio(String query, Map<String, String> fields) {
        String url = PUBLIC_URL + TWILIO + "?" + query;
        return twilio(kriya.one(), query, fields, signed(url, fields, FakeGateway.AUTH_TOKEN));
    }

    private static HttpResponse<String> twilio(
            KriyaProcess replica, String query, Map<String, String> fields, String signature) {
        String form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        var request = request(replica, TWILIO + "?" + query, form)
                .header("Content-Type", "application/x-www-form-urlencoded");
        if (signature != null) {
            request.header("X-Twilio-Signature", signature);
        }
        return replica.send(request.build());
    }

    private static HttpRequest.Builder request(KriyaProcess replica, String path, String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + replica.port() + path))
                .POST(BodyPublishers.ofString(body));
    }

    private static String webhookSignature(String id, long timestamp, String body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
            return "v1,"
                    + Base64.getEncoder()
                            .encodeToString(mac.doFinal((id + "." + timestamp + "." + body).getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static HttpResponse<String> webhook(String body) {
        return webhook(body, Instant.now().getEpochSecond(), FakeGateway.WEBHOOK_SECRET);
    }

    private static HttpResponse<String> webhook(String body, long timestamp, String secret) {
        return kriya.two()
                .send(request(kriya.two(), WEBHOOK, body)
                        .header("Content-Type", "application/json")
                        .header("webhook-id", "msg_1")
                        .header("webhook-timestamp", Long.toString(timestamp))
                        .header(
                                "webhook-signature",
                                "v1,bm90IHRoaXM= " + webhookSignature("msg_1", timestamp, body, secret))
                        .build());
    }

    private static String webhookBody(String reference, String status) {
        return "{\"reference\": \"%s\", \"status\": \"%s\", \"error_code\": 30003}".formatted(reference, status);
    }

    private static double counted(String delivery) {
        return kriya.replicas.stream()
                .flatMap(replica -> replica.metrics().lines())
                .filter(line ->
                        line.startsWith("kriya_sms_receipts_total") && line.contains("delivery=\"" + delivery + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @ParameterizedTest
    @CsvSource({
        "delivered, , sent delivered",
        "read, , sent delivered",
        "undelivered, 30003, sent undelivered 30003",
        "failed, 30450, sent undelivered 30450",
        "canceled, , sent undelivered",
    })
    void aReceiptOfTwilioEndsInTheRecordAndInTheMetrics(String status, String errorCode, String expected) {
        String query = sent();
        String delivery = expected.split(" ")[1];
        double before = counted(delivery);
        var answer = twilio(query, callback(status, errorCode));
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(record(reference(query))).isEqualTo(expected);
        assertThat(counted(delivery)).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @CsvSource({"completed, sent delivered", "busy, sent undelivered", "no-answer, sent undelivered"})
    void aReceiptOfACallEndsInTheRecord(String status, String expected) {
        String reference = sentBy("voice");
        var fields = Map.of("CallSid", "CA1", "CallStatus", status);
        assertThat(twilio("reference=" + reference, fields).statusCode()).isEqualTo(204);
        assertThat(record(reference)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"accepted", "queued", "sending", "sent", "", "whatever"})
    void aReceiptOnTheWayChangesNothing(String status) {
        String query = sent();
        assertThat(twilio(query, callback(status, null)).statusCode()).isEqualTo(204);
        assertThat(record(reference(query))).isEqualTo(UNTOUCHED);
    }

    @Test
    void aForgedReceiptOfTwilioIsRefusedAndChangesNothing() {
        String query = sent();
        String other = sent();
        var fields = callback("delivered", null);
        var changed = callback("failed", null);
        String url = PUBLIC_URL + TWILIO + "?" + query;
        String good = signed(url, fields, FakeGateway.AUTH_TOKEN);
        double refused = kriya.one().metric("kriya_sms_receipts_refused_total");

        for (var forged : List.of(
                twilio(kriya.one(), query, fields, null),
                twilio(kriya.one(), query, fields, ""),
                twilio(kriya.one(), query, fields, signed(url, fields, "another token")),
                twilio(kriya.one(), query, changed, good),
                twilio(kriya.one(), other, fields, good),
                twilio(kriya.one(), query + "&more=1", fields, good))) {
            assertThat(forged.statusCode()).isEqualTo(403);
            assertThat(Deployment.json(forged).getString("code")).isEqualTo("invalid_signature");
        }
        assertThat(record(reference(query))).isEqualTo(UNTOUCHED);
        assertThat(record(reference(other))).isEqualTo(UNTOUCHED);
        assertThat(kriya.one().metric("kriya_sms_receipts_refused_total")).isEqualTo(refused + 6);
        assertThat(twilio(kriya.one(), query, fields, good).statusCode()).isEqualTo(204);
        assertThat(record(reference(query))).isEqualTo("sent delivered");
    }

    @Test
    void aPortInTheSignedUrlMakesNoDifference() {
        String query = sent();
        var fields = callback("delivered", null);
        String url = PUBLIC_URL.replace("example.com", "example.com:443") + TWILIO + "?" + query;
        assertThat(twilio(kriya.two(), query, fields, signed(url, fields, FakeGateway.AUTH_TOKEN))
                        .statusCode())
                .isEqualTo(204);
        assertThat(record(reference(query))).isEqualTo("sent delivered");
    }

    @Test
    void aReceiptThatIsReplayedOrContradictsTheFirstChangesNothing() throws Exception {
        String query = sent();
        double before = counted("delivered");
        double undelivered = counted("undelivered");
        var statuses = Deployment.atOnce(20, _ -> twilio(query, callback("delivered", null)));
        assertThat(statuses).containsOnly(204);
        assertThat(twilio(query, callback("failed", "30003")).statusCode()).isEqualTo(204);
        assertThat(record(reference(query))).isEqualTo("sent delivered");
        assertThat(counted("delivered")).isEqualTo(before + 1);
        assertThat(counted("undelivered")).isEqualTo(undelivered);
    }

    @Test
    void aLateReceiptChangesNothing() {
        String query = sent();
        kriya.database.execute(
                "update messages set created_at = now() - interval '73 hours' where id = '" + reference(query) + "'");
        assertThat(twilio(query, callback("delivered", null)).statusCode()).isEqualTo(204);
        assertThat(record(reference(query))).isEqualTo(UNTOUCHED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference=", "reference=7f3c0b1e-0000-4000-8000-000000000000", "reference=%00", "other=1"})
    void aReceiptOfAnUnknownMessageChangesNothing(String query) {
        double before = counted("delivered");
        assertThat(twilio(query, callback("delivered", null)).statusCode()).isEqualTo(204);
        assertThat(counted("delivered")).isEqualTo(before);
    }

    @Test
    void aReceiptOfAnotherProviderChangesNothing() {
        String reference = sentBy("webhook");
        assertThat(twilio("reference=" + reference, callback("delivered", null)).statusCode())
                .isEqualTo(204);
        assertThat(record(reference)).isEqualTo(UNTOUCHED);
    }

    @Test
    void aReceiptMayComeBeforeTheResponseToItsMessage() {
        String query = sent();
        kriya.database.execute(
                "update messages set result = 'pending', sender = null where id = '" + reference(query) + "'");
        assertThat(twilio(query, callback("delivered", null)).statusCode()).isEqualTo(204);
        assertThat(record(reference(query))).isEqualTo("pending delivered");
    }

    @Test
    void aReceiptOfAMessageThatWasNotSentChangesNothing() {
        String reference = sentBy("twilio");
        kriya.database.execute("update messages set result = 'rejected' where id = '" + reference + "'");
        assertThat(twilio("reference=" + reference, callback("delivered", null)).statusCode())
                .isEqualTo(204);
        assertThat(record(reference)).isEqualTo("rejected");
    }

    @ParameterizedTest
    @CsvSource({"delivered, sent delivered 30003", "undelivered, sent undelivered 30003"})
    void aReceiptOfTheWebhookEndsInTheRecordAndInTheMetrics(String status, String expected) {
        String reference = sentBy("webhook");
        double before = counted(status);
        assertThat(webhook(webhookBody(reference, status)).statusCode()).isEqualTo(204);
        assertThat(record(reference)).isEqualTo(expected);
        assertThat(counted(status)).isEqualTo(before + 1);
        assertThat(webhook(webhookBody(reference, "delivered")).statusCode()).isEqualTo(204);
        assertThat(record(reference)).isEqualTo(expected);
    }

    @Test
    void aForgedOrOldReceiptOfTheWebhookIsRefusedAndChangesNothing() {
        String reference = sentBy("webhook");
        String body = webhookBody(reference, "delivered");
        long now = Instant.now().getEpochSecond();
        String other = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
        assertThat(webhook(body, now, other).statusCode()).isEqualTo(403);
        assertThat(webhook(body, now - 400, FakeGateway.WEBHOOK_SECRET).statusCode())
                .isEqualTo(403);
        assertThat(webhook(body, now + 400, FakeGateway.WEBHOOK_SECRET).statusCode())
                .isEqualTo(403);
        assertThat(kriya.one().send(request(kriya.one(), WEBHOOK, body).build()).statusCode())
                .isEqualTo(403);
        assertThat(record(reference)).isEqualTo(UNTOUCHED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"reference\": \"1\", \"status\": \"delivered\"}", "\u0000"})
    void aSignedReceiptThatCanNotBeReadIsNotValid(String body) {
        assertThat(webhook(body).statusCode()).isEqualTo(422);
        assertThat(webhook(webhookBody(sentBy("webhook"), "lost")).statusCode()).isEqualTo(422);
    }

    @Test
    void aReceiptIsARouteLikeAllOthers() {
        for (String path : List.of(TWILIO, WEBHOOK)) {
            var wrong = kriya.one().send(kriya.one().request(path).GET().build());
            assertThat(wrong.statusCode()).isEqualTo(405);
            assertThat(wrong.headers().firstValue("Allow")).contains("OPTIONS, POST");
            assertThat(kriya.one()
                            .send(request(kriya.one(), path, "x".repeat(70_000)).build())
                            .statusCode())
                    .isEqualTo(413);
        }
        assertThat(kriya.one().log()).doesNotContain("reference=");
    }

    @Test
    void whereReceiptsAreNotConfiguredThereIsNoRoute() {
        try (var webhookOnly = KriyaProcess.start(environment("webhook"))) {
            assertThat(webhookOnly
                            .send(request(webhookOnly, TWILIO, "").build())
                            .statusCode())
                    .isEqualTo(404);
            assertThat(webhookOnly
                            .send(request(webhookOnly, WEBHOOK, "").build())
                            .statusCode())
                    .isEqualTo(403);
        }
        var off = environment("twilio,webhook");
        off.remove("SMS_RECEIPTS");
        try (var none = KriyaProcess.start(off)) {
            for (String path : List.of(TWILIO, WEBHOOK)) {
                assertThat(none.send(request(none, path, "").build()).statusCode())
                        .isEqualTo(404);
            }
            kriya.postTo(none, "/api/auth/register", "{\"phone_number\": \"%s\"}".formatted(Deployment.number()));
            assertThat(kriya.gateway.last().fields()).doesNotContainKey("StatusCallback");
        }
    }
}
