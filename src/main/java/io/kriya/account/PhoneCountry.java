package io.kriya.account;

/**
 * A country whose mobile numbers are accepted.
 *
 * @param code ISO 3166
 * @param callingCode such as 91 for +91; some countries share one
 * @param isMain whether it is the main one of those that share its calling code
 * @param example a mobile number in the national format
 * @param minDigits the fewest digits of a mobile number, without calling code and trunk prefix
 * @param maxDigits the most digits
 */
public record PhoneCountry(String code, int callingCode, boolean isMain, String example, int minDigits, int maxDigits) {

    static PhoneCountry of(String code) {
        var lengths = PhoneFormat.lengths(code).summaryStatistics();
        return new PhoneCountry(
                code,
                PhoneFormat.callingCode(code),
                PhoneFormat.isMain(code),
                PhoneFormat.example(code).orElse(""),
                lengths.getMin(),
                lengths.getMax());
    }
}
