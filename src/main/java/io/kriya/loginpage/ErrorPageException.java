package io.kriya.loginpage;

import io.kriya.loginpage.view.ErrorPage;
import io.kriya.loginpage.view.Layout;

/** Ends a login that can't go on, with the error page that says why. */
final class ErrorPageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ErrorPage page;
    private final transient Layout layout;

    ErrorPageException(ErrorPage page, Layout layout) {
        super(page.name(), null, false, false);
        this.page = page;
        this.layout = layout;
    }

    ErrorPage page() {
        return page;
    }

    Layout layout() {
        return layout;
    }
}
