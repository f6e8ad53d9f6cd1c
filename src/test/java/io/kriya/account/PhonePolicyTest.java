package io.kriya.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import io.kriya.validation.ViolationCode;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhonePolicyTest {

    private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();

    /** Tristan da Cunha has fixed lines only. */
    private static final Set<String> WITHOUT_MOBILE_PHONES = Set.of("TA");

    /** Territories that give numbers out of a neighbour's range; the Isle of Man has a range of its own as well. */
    private static final Map<String, String> SHARED = Map.of(
            "AX", "FI", "BL", "GP", "CC", "AU", "CX", "AU", "EH", "MA", "IM", "GB", "MF", "GP", "SJ", "NO", "VA", "IT");

    private final PhonePolicy contract = new PhonePolicy(false, List.of(), List.of(), Optional.empty(), _ -> false);
    private final PhonePolicy strict = new PhonePolicy(true, List.of(), List.of(), Optional.empty(), _ -> false);

    static Collection<String> regions() {
        return new TreeSet<>(LIBRARY.getSupportedRegions());
    }

    private static String example(String region, PhoneNumberType type) {
        Phonenumber.PhoneNumber number = LIBRARY.getExampleNumberForType(region, type);
        return number == null ? null : LIBRARY.format(number, PhoneNumberFormat.E164);
    }

    @ParameterizedTest
    @MethodSource("regions")
    void aMobileNumberOfEveryCountryIsTaken(String region) {
        String number = example(region, PhoneNumberType.MOBILE);
        if (WITHOUT_MOBILE_PHONES.contains(region)) {
            assertThat(number).isNull();
            assertThat(PhoneFormat.isCountry(region)).isFalse();
            return;
        }
        assertThat(strict.read(number).number()).contains(new PhoneNumber(number));
        assertThat(PhoneFormat.countryOf(new PhoneNumber(number))).isEqualTo(SHARED.getOrDefault(region, region));
        assertThat(PhoneFormat.isCountry(region)).isTrue();
        assertThat(new PhonePolicy(true, List.of("XX", region), List.of(), Optional.empty(), _ -> false)
                        .read(number)
                        .number())
                .isPresent();
        assertThat(new PhonePolicy(
                                true,
                                List.of(region.equals("US") ? "DE" : "US"),
                                List.of(),
                                Optional.empty(),
                                _ -> false)
                        .read(number)
                        .number())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("regions")
    void itsOtherNumbersAreRefused(String region) {
        for (var type : EnumSet.complementOf(EnumSet.of(
                PhoneNumberType.MOBILE,
                PhoneNumberType.FIXED_LINE,
                PhoneNumberType.FIXED_LINE_OR_MOBILE,
                PhoneNumberType.UNKNOWN))) {
            String number = example(region, type);
            if (number != null) {
                assertThat(strict.read(number).number())
                        .as("%s %s", type, number)
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("regions")
    void itsFixedLinesAreRefusedWhereTheyCanBeTold(String region) {
        Phonenumber.PhoneNumber line = LIBRARY.getExampleNumberForType(region, PhoneNumberType.FIXED_LINE);
        assumeThat(LIBRARY.getNumberType(line)).isEqualTo(PhoneNumberType.FIXED_LINE);
        assertThat(strict.read(LIBRARY.format(line, PhoneNumberFormat.E164)).number())
                .isEmpty();
    }

    @Test
    void aNumberOfNoCountryIsRefused() {
        for (int code : LIBRARY.getSupportedGlobalNetworkCallingCodes()) {
            String number = LIBRARY.format(LIBRARY.getExampleNumberForNonGeoEntity(code), PhoneNumberFormat.E164);
            assertThat(strict.read(number).number()).as(number).isEmpty();
            assertThat(PhoneFormat.countryOf(new PhoneNumber(number))).isEqualTo("ZZ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+10005550123",
                "+10000000000",
                "+999123456789",
                "+2101234567",
                "+4474001234",
                "+44740012345678",
                "+52155123456789",
                "+521551234567",
                "+1555123",
                "+4915",
                "447400123456",
                "00447400123456",
                "07400 123456",
                "+44 7400 123456 ext. 7",
                "+44 7400 123456;ext=7",
                "+44 7400 123456x7",
                "+44/7400/123456",
                "+1 202 KRI YAKR",
                "++447400123456",
                "+",
                ""
            })
    void whatNobodyCanBeCalledByIsRefused(String typed) {
        assertThat(strict.read(typed).number()).isEmpty();
    }

    @Test
    void twentySpellingsOfOneNumberAreOne() {
        assertThat(List.of(
                        "+447400123456",
                        "+44 7400 123456",
                        "+44 (0)7400 123456",
                        "+44 (0) 7400 123 456",
                        "+4407400123456",
                        "+44-7400-123456",
                        "+44.7400.123.456",
                        "+44(7400)123456",
                        "(+44) 7400 123456",
                        "+ 44 7400 123456",
                        "  +44 7400 123456  ",
                        "+44 74 00 12 34 56",
                        "+4-4-7-4-0-0-1-2-3-4-5-6",
                        "+44 7400 (123456)",
                        "+44 (0)7400-123.456",
                        "+٤٤٧٤٠٠١٢٣٤٥٦",
                        "+４４ ７４００ １２３４５６",
                        "+४४ ७४०० १२३४५६",
                        "+𝟒𝟒 𝟕𝟒𝟎𝟎 𝟏𝟐𝟑𝟒𝟓𝟔",
                        "+44 (٠)7400 123456"))
                .hasSize(20)
                .doesNotHaveDuplicates()
                .allSatisfy(
                        typed -> assertThat(strict.read(typed).number()).contains(new PhoneNumber("+447400123456")));
    }

    @ParameterizedTest
    @CsvSource({
        "+52 1 55 1234 5678, +525512345678",
        "+52 55 1234 5678, +525512345678",
        "+54 9 11 2345-6789, +5491123456789",
        "+54 11 15 2345-6789, +5491123456789",
        "+55 (0)11 96123-4567, +5511961234567",
        "+7 912 345-67-89, +79123456789",
        "+49 (0) 1512 3456789, +4915123456789",
        "+298 21 12 34, +298211234"
    })
    void whatIsOnlyDialledWithinACountryIsDropped(String typed, String stored) {
        assertThat(strict.read(typed).number()).contains(new PhoneNumber(stored));
    }

    @ParameterizedTest
    @MethodSource("regions")
    void aStoredNumberIsReadAsItself(String region) {
        Phonenumber.PhoneNumber example = LIBRARY.getExampleNumberForType(region, PhoneNumberType.MOBILE);
        assumeThat(example).isNotNull();
        // Its neighbours, and what a person adds in front of them at home.
        for (int i = 0; i < 100; i++) {
            String digits = LIBRARY.getNationalSignificantNumber(example);
            String number = "+" + example.getCountryCode()
                    + List.of("", "0", "1", "8", "01", "15").get(i % 6)
                    + digits.substring(0, digits.length() - 2)
                    + String.format(Locale.ROOT, "%02d", i);
            strict.read(number).number().ifPresent(stored -> {
                assertThat(strict.read(stored.value()).number()).contains(stored);
                assertThat(PhoneFormat.countryOf(stored)).isNotEqualTo("ZZ");
            });
        }
    }

    @Test
    void onlyTheCountriesListedAreTaken() {
        var rules = new PhonePolicy(true, List.of("GB", "CA"), List.of(), Optional.empty(), _ -> false);
        assertThat(rules.read("+447400123456").number()).isPresent();
        assertThat(rules.read("+15062345678").number()).isPresent();
        assertThat(rules.read("+12025550100").number()).isEmpty();
        assertThat(rules.read("+4915123456789").number()).isEmpty();
        assertThat(rules.read("+447797712345").number()).as("Jersey").isEmpty();
        assertThat(new PhonePolicy(true, List.of("SJ"), List.of(), Optional.empty(), _ -> false)
                        .read("+4740612345")
                        .number())
                .isPresent();
    }

    @Test
    void numbersThatAreExemptAreTakenAsTheyAre() {
        var number = new PhoneNumber("+15550001111");
        var rules = new PhonePolicy(true, List.of("GB"), List.of(), Optional.empty(), number::equals);
        assertThat(rules.read("+1 (555) 000-1111").number()).contains(number);
        assertThat(rules.read("+15550001112").number()).isEmpty();
        assertThat(strict.read("+15550001111").number()).isEmpty();
    }

    @Test
    void underTheContractEveryNumberOfTenToFifteenDigitsIsTaken() {
        assertThat(contract.read("+1234567890").number()).contains(new PhoneNumber("+1234567890"));
        assertThat(contract.read("+1999999999999").number()).contains(new PhoneNumber("+1999999999999"));
        assertThat(contract.read("+298211234").number()).isEmpty();
        assertThat(contract.read("+1234567890123456").number()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "+12025550100, US",
        "+15062345678, CA",
        "+447400123456, GB",
        "+447797712345, JE",
        "+447624123456, IM",
        "+79123456789, RU",
        "+77710009998, KZ",
        "+298211234, FO",
        "+442079460000, GB",
        "+1234567890, ZZ",
        "+999123456789, ZZ",
        "+881612345678, ZZ"
    })
    void aNumberTellsItsCountry(String number, String country) {
        assertThat(PhoneFormat.countryOf(new PhoneNumber(number))).isEqualTo(country);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UK", "EU", "XX", "ZZ", "001", "us", "", "TA"})
    void whatIsNoCountryWithMobilePhonesIsKnown(String code) {
        assertThat(PhoneFormat.isCountry(code)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "IN, 081234 56789, +918123456789",
        "IN, ०८१२३४५६७८९, +918123456789",
        "IN, +1 202 555 0142, +12025550142",
        "US, (202) 555-0142, +12025550142",
        "GB, 07400/123456, +447400123456",
        "MX, 222 123 4567, +522221234567"
    })
    void atHomeANumberNeedsNoCountryCode(String region, String typed, String number) {
        var rules = new PhonePolicy(true, List.of(), List.of(), Optional.of(region), _ -> false);
        assertThat(rules.readNational(typed, Optional.empty()).number()).contains(new PhoneNumber(number));
        assertThat(rules.read(typed).number().isPresent()).isEqualTo(typed.startsWith("+"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+44 (0)7911 123456",
                "+4407911123456",
                "+44 (0) 7911-123-456",
                "(+44)(0)7911123456",
                "tel:+447911123456",
                "TEL: +44 7911 123456",
                "\u202d+44 7911 123456\u202c",
                "\u200e+44 7911 123456\u200f",
                "\u2066+44 7911\u2067 123\u2068456\u2069",
                "\ufeff+44\u200b7911\u2060123456",
                "+44\u00a07911\u202f123\u3000456",
                "+44\u20117911\u2013123\u2212456",
                "+44\u30fc7911\uff0d123\ufe63456",
                "+\ufe0e44 7911 123456\ufe0f",
                "\uff0b\uff14\uff14 7911 123456",
                "\uff0b44\uff08\uff10\uff097911123456",
                "+44\t7911\t123456",
                "+44 7911 123456\r\n",
                "\n+44 7911 123456",
                "+44\u2028 7911\u0085123456"
            })
    void whatIsPastedIsOneNumberInEveryMode(String pasted) {
        var number = new PhoneNumber("+447911123456");
        assertThat(contract.read(pasted).number()).contains(number);
        assertThat(strict.read(pasted).number()).contains(number);
        assertThat(strict.readNational(pasted, Optional.empty()).number()).contains(number);
    }

    @ParameterizedTest
    @CsvSource({
        "+54 11 15 2345-6789, +5491123456789",
        "+39 (0)6 1234 5678, +390612345678",
        "+39 (0)312 345 6789, +393123456789",
        "+52 1 55 1234 5678, +525512345678",
        "+7 912 345-67-89, +79123456789",
        "+440007911123456, +447911123456",
        "+1 1 202 555 0142, +12025550142"
    })
    void whatLibphonenumberReadsAsOneIsOneInAnyMode(String typed, String number) {
        assertThat(contract.read(typed).number()).contains(new PhoneNumber(number));
        assertThat(contract.read(number).number()).contains(new PhoneNumber(number));
    }

    @ParameterizedTest
    @MethodSource("regions")
    void theCanonicalFormIsItsOwn(String region) {
        int code = LIBRARY.getCountryCodeForRegion(region);
        var random = new java.util.Random(code);
        for (int i = 0; i < 300; i++) {
            String digits = "+" + code + List.of("", "0", "00", "1", "15", "8").get(i % 6) + random.nextInt(1_000_000)
                    + random.nextInt(10_000);
            PhoneNumber.of(digits).map(PhoneFormat::canonical).ifPresent(number -> assertThat(
                            PhoneFormat.canonical(number))
                    .isEqualTo(number));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', EMPTY",
        "'\u200e \u00a0', EMPTY",
        "call me, MALFORMED",
        "++447400123456, MALFORMED",
        "447400123456, NO_COUNTRY_CODE",
        "00447400123456, NO_COUNTRY_CODE",
        "+0447400123456, UNKNOWN_COUNTRY_CODE",
        "+999123456789, UNKNOWN_COUNTRY_CODE",
        "+, TOO_SHORT",
        "+44 7400 12345, TOO_SHORT",
        "+1 555 0123, TOO_SHORT",
        "+44 7400 1234567, TOO_LONG",
        "+1234567890123456, TOO_LONG",
        "+44 6200 123456, NO_SUCH_NUMBER",
        "+15555550123, NO_SUCH_NUMBER",
        "+442079460000, FIXED_LINE",
        "+18005550199, NOT_MOBILE",
        "+4915123456789, COUNTRY_NOT_SERVED",
        "+447797712345, COUNTRY_NOT_SERVED"
    })
    void aRefusalHasItsReason(String typed, ViolationCode reason) {
        var policy = new PhonePolicy(true, List.of("GB", "US"), List.of(), Optional.empty(), _ -> false);
        assertThat(policy.read(typed)).isEqualTo(PhoneReading.refused(reason));
    }

    @ParameterizedTest
    @CsvSource({
        "GB, 12, TOO_SHORT",
        "GB, 07400 12345, TOO_SHORT",
        "GB, 07400 123456789012345, TOO_LONG",
        "GB, 020 7946 0000, FIXED_LINE",
        "US, 555 555 0123, NO_SUCH_NUMBER"
    })
    void aRefusalOfANationalNumberHasItsReason(String region, String typed, ViolationCode reason) {
        var policy = new PhonePolicy(true, List.of(), List.of(), Optional.of(region), _ -> false);
        assertThat(policy.readNational(typed, Optional.empty())).isEqualTo(PhoneReading.refused(reason));
    }

    @Test
    void twoZerosAreAPlusWhereTheyAreDialledSo() {
        var number = new PhoneNumber("+14155552671");
        for (String typed : new String[] {"00 1 415 555 2671", "0044 (0)7911 123456"}) {
            assertThat(strict.readNational(typed, Optional.of("US")))
                    .isEqualTo(PhoneReading.refused(ViolationCode.NO_COUNTRY_CODE));
        }
        assertThat(strict.readNational("00 1 415 555 2671", Optional.empty()).number())
                .contains(number);
        assertThat(strict.read("00 1 415 555 2671").number()).isEmpty();
        var british = new PhonePolicy(true, List.of(), List.of(), Optional.of("GB"), _ -> false);
        assertThat(british.read("00 1 415 555 2671").number()).contains(number);
        assertThat(british.readNational("00 1 415 555 2671", Optional.empty()).number())
                .contains(number);
        assertThat(british.read("0044 (0)7911 123456").number()).contains(new PhoneNumber("+447911123456"));
        var american = new PhonePolicy(true, List.of(), List.of(), Optional.of("US"), _ -> false);
        assertThat(american.read("00 44 7911 123456").number()).isEmpty();
        assertThat(american.readNational("00 44 7911 123456", Optional.empty()).number())
                .isEmpty();
        assertThat(american.readNational("011 44 7911 123456", Optional.empty()).number())
                .contains(new PhoneNumber("+447911123456"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+917962345678", "+905822345678", "+46780023456", "+61496023456", "+6589812345"})
    void numbersOfNewRangesAreAccepted(String number) {
        assertThat(strict.read(number).number()).contains(new PhoneNumber(number));
    }

    @Test
    void anOperatorAddsPrefixesThatLibphonenumberDoesNotKnow() {
        assertThat(strict.read("+255 81 123 4567").refusal()).isEqualTo(ViolationCode.NO_SUCH_NUMBER);
        var policy = new PhonePolicy(true, List.of("TZ"), List.of("+25581"), Optional.of("TZ"), _ -> false);
        var number = new PhoneNumber("+255811234567");
        assertThat(policy.read("+255 81 123 4567").number()).contains(number);
        assertThat(policy.read("+255 (0)81 123 4567").number()).contains(number);
        assertThat(policy.readNational("081 123 4567", Optional.empty()).number())
                .contains(number);
        assertThat(policy.read("+255 81 123 456").refusal()).isEqualTo(ViolationCode.TOO_SHORT);
        assertThat(PhoneFormat.countryOf(number)).isEqualTo("TZ");
        assertThat(new PhonePolicy(true, List.of("GB"), List.of("+25581"), Optional.empty(), _ -> false)
                        .read("+255 81 123 4567")
                        .refusal())
                .isEqualTo(ViolationCode.COUNTRY_NOT_SERVED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+44 20 7946 0000", "+44 909 879 0000"})
    void anAddedPrefixCountsMoreThanTheTypeThatLibphonenumberKnows(String number) {
        assertThat(strict.read(number).number()).isEmpty();
        var policy = new PhonePolicy(true, List.of("GB"), List.of("+4420", "+44909"), Optional.empty(), _ -> false);
        assertThat(policy.read(number).number()).isPresent();
    }

    @Test
    void anAddedPrefixAllowsNoLengthThatNoMobileNumberHas() {
        // In the Netherlands they have 9 or 11 digits.
        var policy = new PhonePolicy(true, List.of("NL"), List.of("+31100"), Optional.empty(), _ -> false);
        assertThat(policy.read("+31 100 000 012").number()).isPresent();
        assertThat(policy.read("+31 100 000 0123").refusal()).isEqualTo(ViolationCode.NO_SUCH_NUMBER);
    }

    @ParameterizedTest
    @CsvSource({"IN, 81234 56789", "GB, 07400 123456", "US, (201) 555-0123", "DE, 01512 3456789"})
    void theExampleIsWhatPeopleWriteAtHome(String region, String example) {
        assertThat(PhoneFormat.example(region)).contains(example);
    }

    @Test
    void aChosenCountryCountsBeforeTheDefaultRegionIfItIsServed() {
        var rules = new PhonePolicy(true, List.of("IN", "GB"), List.of(), Optional.of("IN"), _ -> false);
        assertThat(rules.readNational("07400 123456", Optional.of("GB")).number())
                .contains(new PhoneNumber("+447400123456"));
        assertThat(rules.readNational("07400 123456", Optional.empty()).number())
                .contains(new PhoneNumber("+917400123456"));
        assertThat(rules.readNational("07400 123456", Optional.of("XX")).number())
                .contains(new PhoneNumber("+917400123456"));
        assertThat(rules.readNational("+917400123456", Optional.of("GB")).number())
                .contains(new PhoneNumber("+917400123456"));
    }

    @Test
    void theServedCountriesAreListedWithWhatTheirMobileNumbersLookLike() {
        var rules = new PhonePolicy(true, List.of("US", "CA", "AT", "TA"), List.of(), Optional.empty(), _ -> false);
        assertThat(rules.countries())
                .containsExactly(
                        new PhoneCountry("AT", 43, true, "0", "0664 123456", 7, 13),
                        new PhoneCountry(
                                "CA", 1, false, "", PhoneFormat.example("CA").orElseThrow(), 10, 10),
                        new PhoneCountry("US", 1, true, "", "(201) 555-0123", 10, 10));
        assertThat(strict.countries())
                .hasSameSizeAs(regions().stream().filter(PhoneFormat::isCountry).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025550142", "(202) 555-0142", "", "call me"})
    void withoutAHomeItNeedsOne(String typed) {
        assertThat(strict.readNational(typed, Optional.empty()).number()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"+918123456789", "2025550142 x", "0800-GO", "020 7946 0958", "999", "111111111111111111111"})
    void whatIsNoMobileNumberOfHomeIsNone(String typed) {
        var rules = new PhonePolicy(true, List.of("GB"), List.of(), Optional.of("GB"), _ -> false);
        assertThat(rules.readNational(typed, Optional.empty()).number()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(202) 555-0142 ext. 5", "202-555-0142 x5", "202-KL5-0142"})
    void lettersAreNoPartOfANationalNumber(String typed) {
        var rules = new PhonePolicy(true, List.of(), List.of(), Optional.of("US"), _ -> false);
        assertThat(rules.readNational(typed, Optional.empty()).number()).isEmpty();
    }

    @Test
    void numbersAreShownAsPeopleWriteThem() {
        assertThat(PhoneFormat.international(new PhoneNumber("+12025550142"))).isEqualTo("+1 202-555-0142");
        assertThat(PhoneFormat.international(new PhoneNumber("+15555550100"))).startsWith("+1 ");
        var rules = new PhonePolicy(true, List.of(), List.of(), Optional.of("US"), _ -> false);
        assertThat(rules.readNational(PhoneFormat.example("US").orElseThrow(), Optional.empty())
                        .number())
                .isPresent();
    }
}
