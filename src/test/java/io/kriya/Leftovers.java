package io.kriya;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** What a dump of a database still has of somebody: every column of every row is searched. */
public final class Leftovers {

    private Leftovers() {}

    /** The tables that have one of these texts somewhere, or its SHA-256, each with that text. */
    public static List<String> of(TestPostgres.Database database, List<String> texts) {
        var found = new ArrayList<String>();
        String tables = database.query("select string_agg(format('%I.%I', schemaname, tablename), ' ') from pg_tables"
                + " where schemaname not in ('pg_catalog', 'information_schema')");
        for (String table : tables.split(" ")) {
            for (String text : texts) {
                for (String needle : List.of(text, text.replaceFirst("^\\+", ""), sha256(text))) {
                    long rows = database.count("select count(*) from %s t where lower(t::text) like '%%%s%%'"
                            .formatted(table, needle.toLowerCase(Locale.ROOT).replace("'", "''")));
                    if (rows > 0) {
                        found.add(table + ": " + text);
                        break;
                    }
                }
            }
        }
        return found;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
