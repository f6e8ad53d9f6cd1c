package io.kriya.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * The operator's texts, a properties file in UTF-8: {@code en} is a text, with {@code {code}} once and maybe {@code
 * {service}}; {@code en.sender} the number or name that it comes from; {@code en.template} its template id; {@code
 * en.notice_released} and the like the sentence of a {@link Notice}.
 */
@RegisterForReflection
final class SmsTextsFile {

    private static final int LARGEST = 64 * 1024;
    private static final String SENDER = ".sender";
    private static final String TEMPLATE = ".template";
    private static final String NOTICE = ".notice_";

    private static final Pattern PLACES =
            Pattern.compile("[^{}]*(\\{service}[^{}]*)*\\{code}[^{}]*(\\{service}[^{}]*)*");
    private static final Pattern SENDER_FORM = Pattern.compile("\\+[0-9]{5,15}|[A-Za-z0-9 ]{1,11}");
    private static final Pattern TEMPLATE_FORM = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");

    /** A digit could be read as one of the code. */
    private static final Pattern NOTICE_FORM = Pattern.compile("[^{}\\p{Nd}\\p{Cntrl}]{1,60}");

    /**
     * A text with its sender and its template id, if it has them.
     *
     * @param notices the sentences of notices; one that is missing is Kriya's own
     */
    record Text(String text, Optional<String> sender, Optional<String> templateId, Map<Notice, String> notices) {}

    private SmsTextsFile() {}

    /**
     * Reads the texts by the tags of their languages.
     *
     * @throws IllegalStateException with the reason, which names the line and quotes no text
     */
    static Map<String, Text> read(String path) {
        Properties lines = lines(path);
        var texts = new HashMap<String, Text>();
        for (String key : lines.stringPropertyNames()) {
            String tag = key.replaceFirst("\\.(sender|template|notice_(released|new_device|wrong_codes))$", "");
            if (!SmsText.standard().containsKey(tag)) {
                throw wrong("has a line of a language that Kriya does not have: " + shown(key));
            }
            if (key.equals(tag)) {
                texts.put(
                        tag,
                        new Text(
                                text(key, lines),
                                sender(tag + SENDER, lines),
                                template(tag + TEMPLATE, lines),
                                notices(tag, lines)));
            } else if (!lines.containsKey(tag)) {
                throw wrong("has " + key + " without a text in that language");
            }
        }
        if (texts.isEmpty()) {
            throw wrong("has no text");
        }
        return texts;
    }

    private static String text(String key, Properties lines) {
        String text = lines.getProperty(key);
        if (!PLACES.matcher(text).matches()) {
            throw wrong("has the text " + key + ", which does not have the place of the code once, and else only that"
                    + " of the service");
        }
        return text;
    }

    private static Optional<String> sender(String key, Properties lines) {
        return matching(
                key, lines, SENDER_FORM, "a number such as +12025550100 or a name of up to 11 letters and digits");
    }

    private static Optional<String> template(String key, Properties lines) {
        return matching(key, lines, TEMPLATE_FORM, "up to 64 letters, digits and _.:-");
    }

    /** The sentences of a language. */
    static Map<Notice, String> notices(String tag, Properties lines) {
        var notices = new EnumMap<Notice, String>(Notice.class);
        for (Notice notice : Notice.values()) {
            matching(
                            tag + NOTICE + notice.label(),
                            lines,
                            NOTICE_FORM,
                            "up to 60 characters, without digits, braces and line ends")
                    .ifPresent(sentence -> notices.put(notice, sentence));
        }
        return notices;
    }

    private static Optional<String> matching(String key, Properties lines, Pattern form, String takes) {
        Optional<String> value = Optional.ofNullable(lines.getProperty(key));
        if (value.isPresent() && !form.matcher(value.get()).matches()) {
            throw wrong("has " + key + ", which takes " + takes);
        }
        return value;
    }

    private static Properties lines(String path) {
        var lines = new Properties();
        try (InputStream file = Files.newInputStream(Path.of(path))) {
            byte[] content = file.readNBytes(LARGEST + 1);
            if (content.length > LARGEST) {
                throw wrong("is larger than 64 KiB");
            }
            lines.load(new StringReader(
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString()));
            return lines;
        } catch (IOException | InvalidPathException | UncheckedIOException unreadable) {
            throw wrong("takes the path of a file in UTF-8 that can be read");
        } catch (IllegalArgumentException malformed) {
            throw wrong("has an escape that is not one of a properties file");
        }
    }

    /** A key of the operator, without what a message of Bean Validation would interpret. */
    private static String shown(String key) {
        return key.matches("[A-Za-z0-9._-]{1,40}") ? key : "it has other characters than a language's tag";
    }

    private static IllegalStateException wrong(String what) {
        return new IllegalStateException("SMS_TEXTS_FILE " + what + ".");
    }
}
