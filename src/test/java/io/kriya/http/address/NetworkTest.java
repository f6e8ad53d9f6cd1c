package io.kriya.http.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0",
        "10.0.0.0/8, 10.255.255.255",
        "192.168.4.0/22, 192.168.7.255",
        "203.0.113.128/25, 203.0.113.128",
        "203.0.113.7/32, 203.0.113.7",
        "203.0.113.7, 203.0.113.7",
        "0.0.0.0/0, 255.255.255.255",
        "2001:db8::/32, 2001:db8:ffff::1",
        "2001:db8::1, 2001:DB8:0:0::1",
        "fe80::/10, fe80::1",
        "::/0, ffff::"
    })
    void itHoldsTheAddressesThatBeginLikeIt(String network, String address) {
        assertThat(Network.parse(network).contains(InetAddress.ofLiteral(address)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 11.0.0.0",
        "10.0.0.0/8, 9.255.255.255",
        "192.168.4.0/22, 192.168.8.0",
        "203.0.113.128/25, 203.0.113.127",
        "203.0.113.7, 203.0.113.6",
        "2001:db8::/32, 2001:db9::",
        "2001:db8::1, 2001:db8::2",
        "0.0.0.0/0, ::1",
        "::/0, 127.0.0.1"
    })
    void itHoldsNoOthers(String network, String address) {
        assertThat(Network.parse(network).contains(InetAddress.ofLiteral(address)))
                .isFalse();
    }

    @Test
    void anIpv4AddressIsTheSameMappedIntoIpv6() throws UnknownHostException {
        var mapped = new byte[16];
        mapped[10] = mapped[11] = (byte) 0xff;
        mapped[12] = 10;
        InetAddress six = Inet6Address.getByAddress(null, mapped, 1);
        assertThat(Network.parse("10.0.0.0/8").contains(six)).isTrue();
        assertThat(Network.parse("::ffff:10.0.0.0/104")).isEqualTo(Network.parse("10.0.0.0/8"));
        assertThat(Network.parse("::ffff:10.1.2.3")).isEqualTo(Network.parse("10.1.2.3/32"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "/",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/08",
                "10.0.0.0/8/8",
                "10.0.0.0/255.0.0.0",
                "10.0.0.0/99999999999",
                "10.0.0.0/٨",
                "2001:db8::/129",
                "::ffff:10.0.0.0/95",
                " 10.0.0.0/8",
                "10.0.0.0 /8"
            })
    void whatIsNoNetworkIsRefused(String text) {
        assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1/8", "10.128.0.0/8", "0.0.0.1/0", "2001:db8::1/64", "2001:db8:0:0:8000::/64"})
    void bitsBehindThePrefixAreRefusedForOneOfThemIsAMistake(String text) {
        assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "proxy.example.com", "localhost/8", "a", "fe80", "10", "10.1", "0x0a000001"})
    void aNameIsRefusedAndNotLookedUp(String text) {
        assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"010.0.0.1", "10.0.0.256", "1.2.3", "1.2.3.4.5", "1.2.3.4.", "[::1]", "1::2::3", ":::", "::g"})
    void anAddressThatCanBeReadInTwoWaysOrInNoneIsRefused(String text) {
        assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
