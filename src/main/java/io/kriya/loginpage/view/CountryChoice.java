package io.kriya.loginpage.view;

import io.quarkus.qute.TemplateData;
import java.util.List;

/**
 * The countries to choose from on the page that asks for the number.
 *
 * @param chosen the code of the chosen one, or null
 * @param example a number of the chosen one as people write it there, or null
 * @param scriptVersion the version of the script that helps to choose
 */
@TemplateData
public record CountryChoice(List<Country> countries, String chosen, String example, String scriptVersion) {}
