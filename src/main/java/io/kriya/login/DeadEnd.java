package io.kriya.login;

/** Somebody who can't go on, and is shown why. */
final class DeadEnd extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Notice notice;
    private final transient Frame frame;

    DeadEnd(Notice notice, Frame frame) {
        super(notice.name(), null, false, false);
        this.notice = notice;
        this.frame = frame;
    }

    Notice notice() {
        return notice;
    }

    Frame frame() {
        return frame;
    }
}
