package io.kriya.loginpage.branding;

import io.kriya.account.PhoneCountries;
import io.kriya.account.PhoneCountry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.Collectors;

/** The script of the page that asks for the number, with what it has to know of each country. */
@ApplicationScoped
public class NumberScript {

    private final Asset asset;

    NumberScript(PhoneCountries countries) {
        String data = countries.all().stream().map(NumberScript::row).collect(Collectors.joining(",", "{", "}"));
        asset = new Asset("text/javascript;charset=UTF-8", "var countries=" + data + ";\n" + Asset.text("number.js"));
    }

    private static String row(PhoneCountry country) {
        return "%s:\"%s;%d;%d;%d;%s;%s\""
                .formatted(
                        country.code(),
                        country.isMain() ? "+" : "-",
                        country.callingCode(),
                        country.minDigits(),
                        country.maxDigits(),
                        country.trunkPrefix(),
                        country.example());
    }

    public Asset asset() {
        return asset;
    }
}
