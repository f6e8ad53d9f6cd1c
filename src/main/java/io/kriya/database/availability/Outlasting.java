package io.kriya.database.availability;

/** Something that may answer requests while the database is lost. */
public interface Outlasting {

    /** Whether it does so now. */
    boolean outlasts();
}
