package io.kriya.account;

/**
 * A country whose mobile numbers are accepted.
 *
 * @param code ISO 3166
 * @param callingCode such as 91 for +91; some countries share one
 * @param isMain whether it is the main one of those that share its calling code
 * @param trunkPrefix the digits of the example that are dialled only within the country, such as 0; or empty
 * @param example a mobile number as people write it in the country
 * @param minDigits the fewest digits of a mobile number, without calling code and trunk prefix
 * @param maxDigits the most digits
 */
public record PhoneCountry(
        String code,
        int callingCode,
        boolean isMain,
        String trunkPrefix,
        String example,
        int minDigits,
        int maxDigits) {

    static PhoneCountry of(String code) {
        var lengths = PhoneFormat.lengths(code).summaryStatistics();
        String significant = PhoneFormat.significantExample(code);
        // Argentina's national format has other digits.
        String example = PhoneFormat.example(code)
                .filter(national -> digits(national).endsWith(digits(significant)))
                .orElse(significant);
        return new PhoneCountry(
                code,
                PhoneFormat.callingCode(code),
                PhoneFormat.isMain(code),
                digits(example)
                        .substring(
                                0,
                                digits(example).length() - digits(significant).length()),
                example,
                lengths.getMin(),
                lengths.getMax());
    }

    private static String digits(String text) {
        return text.replaceAll("[^0-9]", "");
    }
}
