package io.kriya.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.TestSettings;
import io.kriya.account.PhoneNumber;
import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestSettings.class, scope = TestResourceScope.GLOBAL)
class DevicesTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final Optional<DeviceSecret> NONE = Optional.empty();

    @Inject
    Devices devices;

    private final UUID user = UUID.randomUUID();
    private final PhoneNumber phone = PhoneNumber.random();

    @BeforeEach
    void aUserIsThere() {
        add(user, phone);
    }

    private static void add(UUID user, PhoneNumber phone) {
        QuarkusTransaction.requiringNew().run(() -> Panache.getEntityManager()
                .createNativeQuery("insert into users (id, phone_number, first_name, created_at, updated_at)"
                        + " values (:id, :phone, 'Ada', now(), now())")
                .setParameter("id", user)
                .setParameter("phone", phone.value())
                .executeUpdate());
    }

    private DeviceSecret remember(Optional<DeviceSecret> presented, UUID user, Instant now) {
        return QuarkusTransaction.requiringNew().call(() -> {
            Devices.Known device = devices.recognize(presented, DeviceSecret.random(), user, now);
            assertThat(device.adding().first(row -> row.getObject("id", UUID.class)))
                    .contains(device.id());
            return device.secret();
        });
    }

    private boolean isKnown(DeviceSecret device, PhoneNumber phone, Instant now) {
        return QuarkusTransaction.requiringNew().call(() -> devices.isKnown(Optional.of(device), phone, now));
    }

    private long count() {
        return QuarkusTransaction.requiringNew().call(() -> Device.count("userId", user));
    }

    @Test
    void aRevokedDeviceIsAStrangers() {
        DeviceSecret device = remember(NONE, user, NOW);
        DeviceSecret other = remember(NONE, user, NOW.plusSeconds(1));
        assertThat(isKnown(device, phone, NOW)).isTrue();
        UUID id = QuarkusTransaction.requiringNew().call(() -> Device.<Device>find(
                        "secretHash", (Object) device.hash().bytes())
                .firstResult()
                .id);
        assertThat(QuarkusTransaction.requiringNew().call(() -> devices.revoke(UUID.randomUUID(), id)))
                .isFalse();
        assertThat(isKnown(device, phone, NOW)).isTrue();
        assertThat(QuarkusTransaction.requiringNew().call(() -> devices.revoke(user, id)))
                .isTrue();
        assertThat(isKnown(device, phone, NOW)).isFalse();
        assertThat(isKnown(other, phone, NOW)).isTrue();
        QuarkusTransaction.requiringNew().run(() -> devices.revokeAll(user));
        assertThat(isKnown(other, phone, NOW)).isFalse();
    }

    @Test
    void aDeviceIsKnownForAYearAfterItsLastLogin() {
        DeviceSecret device = remember(NONE, user, NOW);
        Instant login = NOW.plus(Duration.ofDays(300));
        assertThat(remember(Optional.of(device), user, login).reveal()).isEqualTo(device.reveal());
        assertThat(count()).isEqualTo(1);
        Instant end = login.plus(Duration.ofDays(365));
        assertThat(isKnown(device, phone, end.minusSeconds(1))).isTrue();
        assertThat(isKnown(device, phone, end)).isFalse();
        assertThat(remember(Optional.of(device), user, end).reveal()).isNotEqualTo(device.reveal());
    }

    @Test
    void oneBrowserIsKnownToSeveralAccounts() {
        UUID another = UUID.randomUUID();
        PhoneNumber anotherPhone = PhoneNumber.random();
        add(another, anotherPhone);
        DeviceSecret device = remember(NONE, user, NOW);
        assertThat(isKnown(device, anotherPhone, NOW)).isFalse();
        assertThat(remember(Optional.of(device), another, NOW).reveal()).isEqualTo(device.reveal());
        assertThat(isKnown(device, phone, NOW)).isTrue();
        assertThat(isKnown(device, anotherPhone, NOW)).isTrue();
    }

    @Test
    void aSecretThatNobodyIssuedIsReplaced() {
        DeviceSecret made = DeviceSecret.random();
        assertThat(remember(Optional.of(made), user, NOW).reveal()).isNotEqualTo(made.reveal());
    }

    @Test
    void anAccountHasTwentyDevicesTheLastOnes() {
        DeviceSecret first = remember(NONE, user, NOW);
        DeviceSecret last = first;
        for (int i = 1; i <= Devices.MAX_DEVICES; i++) {
            last = remember(NONE, user, NOW.plusSeconds(i));
        }
        assertThat(count()).isEqualTo(Devices.MAX_DEVICES);
        assertThat(isKnown(first, phone, NOW)).isFalse();
        assertThat(isKnown(last, phone, NOW)).isTrue();
    }

    @Test
    void aDeviceIsMaskedInALog() {
        assertThat(DeviceSecret.random()).hasToString("kriya_device_…");
    }
}
