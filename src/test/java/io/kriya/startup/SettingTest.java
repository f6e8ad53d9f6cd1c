package io.kriya.startup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TOKEN_EXPIRY_HOURS | 0",
                "TOKEN_EXPIRY_HOURS | 87601",
                "TOKEN_EXPIRY_HOURS | 1.5",
                "TOKEN_EXPIRY_HOURS | ''",
                "TOKEN_EXPIRY_HOURS | 99999999999",
                "TOKEN_RETENTION_HOURS | -1",
                "TOKEN_CLEANUP_MINUTES | 0",
                "PORT | 65536",
                "MANAGEMENT_PORT | 0",
                "LOG_FORMAT | ''",
                "SHUTDOWN_DELAY_SECONDS | 301",
                "SHUTDOWN_TIMEOUT_SECONDS | -1",
                "OTEL_EXPORTER_OTLP_ENDPOINT | s3cret:4317",
                "OTEL_EXPORTER_OTLP_ENDPOINT | http://",
                "OTEL_EXPORTER_OTLP_ENDPOINT | http://c:99999",
                "OTEL_EXPORTER_OTLP_ENDPOINT | http://a b",
                "OTEL_EXPORTER_OTLP_PROTOCOL | http",
                "PORT | s3cret",
                "HOST | s3cret host",
                "HOST | 192.0.2.1",
                "PLANE_API_KEY | ''",
                "PLANE_API_KEY | '                    '",
                "PLANE_API_KEY | ' s3cret-with-blanks-around-it '",
                "PLANE_API_KEY_PREVIOUS | s3cret",
                "ALLOWED_ORIGINS | *",
                "ALLOWED_ORIGINS | s3cret.example.com",
                "ALLOWED_ORIGINS | https://s3cret.example.com/",
                "ALLOWED_ORIGINS | [\"https://s3cret.example.com\"",
                "ALLOWED_ORIGINS | [1]",
                "ALLOWED_ORIGINS | [\"https://a.example.com\"] s3cret",
                "ALLOWED_ORIGINS | https://a.example.com:65536",
                "DATABASE_URL | ''",
                "DATABASE_URL | mysql://u:s3cret@h/d",
                "DATABASE_POOL_SIZE | 0",
                "DATABASE_TIMEOUT_MILLIS | 99",
                "DATABASE_WAIT_SECONDS | s3cret",
                "PHONE_VERIFICATION | SMS",
                "PHONE_VERIFICATION | call",
                "PHONE_NUMBERS | loose",
                "PLANE_EMAIL | proven",
                "SMS_COUNTRIES | USA",
                "SMS_COUNTRIES | us",
                "SMS_COUNTRIES | XX",
                "SMS_SENDERS | carrier-pigeon",
                "SMS_SENDERS | twilio,twilio",
                "SMS_TIMEOUT_MILLIS | 99",
                "SMS_LANGUAGE | english, please",
                "SMS_WEBOTP_HOST | https://login.example.com",
                "SMS_WEBOTP_HOST | login.example.com/",
                "SMS_SERVICE_NAME | {code}",
                "SMS_SERVICE_NAME | a name that is longer than thirty",
                "TWILIO_ACCOUNT_SID | AC123",
                "TWILIO_FROM | +1 202",
                "TWILIO_MESSAGING_SERVICE_SID | AC0123456789abcdef0123456789abcdef",
                "TWILIO_BASE_URL | api.twilio.com",
                "SMS_WEBHOOK_URL | https://user:password@sms.example.com",
                "SMS_WEBHOOK_SECRET | whsec_c2hvcnQ=",
                "SMS_WEBHOOK_SECRET | MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz",
                "SMS_WEBHOOK_SECRET | whsec_not base64",
                "SMS_TEST_NUMBERS | +15555550100",
                "SMS_TEST_NUMBERS | +15555550100=12345",
                "SMS_TEST_NUMBERS | 5555550100=123456",
                "SMS_TEST_NUMBERS_UNTIL | 24.11.2026",
                "SMS_TEST_NUMBERS_UNTIL | 2026-02-30",
                "SMS_CODE_SECONDS | 59",
                "SMS_LIMIT_NUMBER | 20",
                "SMS_LIMIT_WRONG_CODES | 0/24h",
                "SMS_LIMIT_ADDRESS | 5/1w",
                "SMS_LIMIT_COUNTRY | many/24h",
                "SMS_LIMIT_TOTAL | ''",
                "ACCOUNT_DORMANT_DAYS | -1",
                "TRUSTED_PROXIES | proxy.example.com",
                "TRUSTED_PROXIES | 10.0.0.0/33",
                "TRUSTED_PROXIES | 10.0.0.1/8",
                "TRUSTED_PROXIES | 0.0.0.0/0",
                "SMS_COUNTRIES | TA",
            })
    void whatCantBeUsedIsRefused(String name, String value) {
        assertThat(KnownSettings.accepts(name, value)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PHONE_VERIFICATION | none",
                "PHONE_NUMBERS | strict",
                "PLANE_EMAIL | any",
                "SECRET_KEY | short, where nothing needs it",
                "SMS_COUNTRIES | US, CA,IN",
                "SMS_COUNTRIES | ''",
                "SMS_SENDERS | webhook, twilio",
                "SMS_WEBOTP_HOST | login.example.com",
                "SMS_WEBOTP_HOST | localhost",
                "SMS_SERVICE_NAME | Zoë's Plane",
                "TWILIO_FROM | Kriya",
                "TWILIO_BASE_URL | https://api.dublin.ie1.twilio.com",
                "SMS_TEST_NUMBERS | +15555550100=123456, +4915500000000=000000",
                "SMS_TEST_NUMBERS_UNTIL | 2026-12-31",
                "SMS_LIMIT_TOTAL | 10000/1d",
                "TRUSTED_PROXIES | 10.0.0.0/8, 192.0.2.1, fd00::/8",
            })
    void whatCanBeUsedIsTaken(String name, String value) {
        assertThat(KnownSettings.accepts(name, value)).isTrue();
    }
}
