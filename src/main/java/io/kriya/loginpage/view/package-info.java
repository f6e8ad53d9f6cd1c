/**
 * The pages of the login page as Qute templates: layout, form errors, error pages, messages and languages. A message
 * file in {@code src/main/resources/messages} is a language.
 */
package io.kriya.loginpage.view;
