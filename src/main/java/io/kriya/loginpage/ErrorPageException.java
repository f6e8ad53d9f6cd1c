package io.kriya.loginpage;

import io.kriya.loginpage.view.ErrorPage;
import io.kriya.loginpage.view.Layout;

/** Somebody who can't go on, and is shown why. */
final class ErrorPageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ErrorPage notice;
    private final transient Layout frame;

    ErrorPageException(ErrorPage notice, Layout frame) {
        super(notice.name(), null, false, false);
        this.notice = notice;
        this.frame = frame;
    }

    ErrorPage notice() {
        return notice;
    }

    Layout frame() {
        return frame;
    }
}
