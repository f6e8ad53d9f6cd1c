package io.kriya.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
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

    private final PhonePolicy contract = new PhonePolicy(false, List.of(), Optional.empty(), _ -> false);
    private final PhonePolicy strict = new PhonePolicy(true, List.of(), Optional.empty(), _ -> false);

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
        assertThat(strict.read(number)).contains(new PhoneNumber(number));
        assertThat(PhoneFormat.countryOf(new PhoneNumber(number))).isEqualTo(SHARED.getOrDefault(region, region));
        assertThat(PhoneFormat.isCountry(region)).isTrue();
        assertThat(new PhonePolicy(true, List.of("XX", region), Optional.empty(), _ -> false).read(number))
                .isPresent();
        assertThat(new PhonePolicy(true, List.of(region.equals("US") ? "DE" : "US"), Optional.empty(), _ -> false)
                        .read(number))
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
                assertThat(strict.read(number)).as("%s %s", type, number).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("regions")
    void itsFixedLinesAreRefusedWhereTheyCanBeTold(String region) {
        Phonenumber.PhoneNumber line = LIBRARY.getExampleNumberForType(region, PhoneNumberType.FIXED_LINE);
        assumeThat(LIBRARY.getNumberType(line)).isEqualTo(PhoneNumberType.FIXED_LINE);
        assertThat(strict.read(LIBRARY.format(line, PhoneNumberFormat.E164))).isEmpty();
    }

    @Test
    void aNumberOfNoCountryIsRefused() {
        for (int code : LIBRARY.getSupportedGlobalNetworkCallingCodes()) {
            String number = LIBRARY.format(LIBRARY.getExampleNumberForNonGeoEntity(code), PhoneNumberFormat.E164);
            assertThat(strict.read(number)).as(number).isEmpty();
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
                "tel:+447400123456",
                "+44/7400/123456",
                "+1 202 KRI YAKR",
                "++447400123456",
                "+447400123456\n",
                "+",
                ""
            })
    void whatNobodyCanBeCalledByIsRefused(String typed) {
        assertThat(strict.read(typed)).isEmpty();
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
                .allSatisfy(typed -> assertThat(strict.read(typed)).contains(new PhoneNumber("+447400123456")));
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
        assertThat(strict.read(typed)).contains(new PhoneNumber(stored));
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
            strict.read(number).ifPresent(stored -> {
                assertThat(strict.read(stored.value())).contains(stored);
                assertThat(PhoneFormat.countryOf(stored)).isNotEqualTo("ZZ");
            });
        }
    }

    @Test
    void onlyTheCountriesListedAreTaken() {
        var rules = new PhonePolicy(true, List.of("GB", "CA"), Optional.empty(), _ -> false);
        assertThat(rules.read("+447400123456")).isPresent();
        assertThat(rules.read("+15062345678")).isPresent();
        assertThat(rules.read("+12025550100")).isEmpty();
        assertThat(rules.read("+4915123456789")).isEmpty();
        assertThat(rules.read("+447797712345")).as("Jersey").isEmpty();
        assertThat(new PhonePolicy(true, List.of("SJ"), Optional.empty(), _ -> false).read("+4740612345"))
                .isPresent();
    }

    @Test
    void numbersThatAreExemptAreTakenAsTheyAre() {
        var number = new PhoneNumber("+15550001111");
        var rules = new PhonePolicy(true, List.of("GB"), Optional.empty(), number::equals);
        assertThat(rules.read("+1 (555) 000-1111")).contains(number);
        assertThat(rules.read("+15550001112")).isEmpty();
        assertThat(strict.read("+15550001111")).isEmpty();
    }

    @Test
    void underTheContractEveryNumberOfTenToFifteenDigitsIsTaken() {
        assertThat(contract.read("+1234567890")).contains(new PhoneNumber("+1234567890"));
        assertThat(contract.read("+4407400123456")).contains(new PhoneNumber("+4407400123456"));
        assertThat(contract.read("+298211234")).isEmpty();
        assertThat(contract.read("+1234567890123456")).isEmpty();
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
        var rules = new PhonePolicy(true, List.of(), Optional.of(region), _ -> false);
        assertThat(rules.readNational(typed)).contains(new PhoneNumber(number));
        assertThat(rules.read(typed).isPresent()).isEqualTo(typed.startsWith("+"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025550142", "(202) 555-0142", "", "call me"})
    void withoutAHomeItNeedsOne(String typed) {
        assertThat(strict.readNational(typed)).isEmpty();
        assertThat(strict.example()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"+918123456789", "2025550142 x", "0800-GO", "020 7946 0958", "999", "111111111111111111111"})
    void whatIsNoMobileNumberOfHomeIsNone(String typed) {
        var rules = new PhonePolicy(true, List.of("GB"), Optional.of("GB"), _ -> false);
        assertThat(rules.readNational(typed)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(202) 555-0142 ext. 5", "202-555-0142 x5", "202-KL5-0142"})
    void lettersAreNoPartOfANationalNumber(String typed) {
        var rules = new PhonePolicy(true, List.of(), Optional.of("US"), _ -> false);
        assertThat(rules.readNational(typed)).isEmpty();
    }

    @Test
    void numbersAreShownAsPeopleWriteThem() {
        assertThat(PhoneFormat.international(new PhoneNumber("+12025550142"))).isEqualTo("+1 202-555-0142");
        assertThat(PhoneFormat.international(new PhoneNumber("+15555550100"))).startsWith("+1 ");
        var rules = new PhonePolicy(true, List.of(), Optional.of("US"), _ -> false);
        assertThat(rules.readNational(rules.example().orElseThrow())).isPresent();
    }
}
