package io.kriya.security;

/** The roles of callers. */
public final class Roles {

    /** The Plane backend, authenticated by its API key. */
    public static final String PLANE = "plane";

    private Roles() {}
}
