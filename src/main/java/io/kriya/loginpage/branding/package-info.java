/**
 * The operator's name, logo and colour, and the stylesheet, script and logo that pages load.
 */
package io.kriya.loginpage.branding;
