package io.kriya.loginpage.view;

import io.quarkus.qute.TemplateData;

/**
 * A country to choose on the page that asks for the number.
 *
 * @param code ISO 3166
 * @param label its name and calling code, such as {@code India +91}
 */
@TemplateData
public record Country(String code, String label) {}
