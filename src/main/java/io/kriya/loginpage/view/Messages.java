package io.kriya.loginpage.view;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/**
 * The messages of the pages. Each {@code messages/login_*.properties} is a language: to add one, add a file.
 * {@link #direction()} is {@code ltr} or {@code rtl}. Numbers and clocks come as HTML.
 */
@MessageBundle(value = "login", locale = "en")
interface Messages {

    @Message
    String direction();

    @Message
    String languageName();

    @Message
    String language();

    @Message
    String error();

    @Message
    String cancel();

    @Message
    String proceed();

    @Message
    String numberHeading(String client);

    @Message
    String numberText();

    @Message
    String countryLabel();

    @Message
    String countryChoose();

    @Message
    String numberLabel();

    @Message
    String numberExample(String number);

    @Message
    String numberHint();

    @Message
    String numberForeign();

    @Message
    String numberSubmit();

    @Message
    String codeHeading();

    @Message
    String codeText(String number);

    @Message
    String codeTextWhatsapp(String number);

    @Message
    String codeTextCall(String number);

    @Message
    String codeTextUnconfirmed(String number);

    @Message
    String noticeReleased();

    @Message
    String noticeNewDevice();

    @Message
    String noticeWrongCodes();

    @Message
    String codeLabel();

    @Message
    String codeSubmit();

    @Message
    String codeChange();

    @Message
    String codeFull();

    @Message
    String pending();

    @Message
    String attemptsLeft(int attempts);

    @Message
    String sentAgain(String number);

    @Message
    String resendIn(String clock);

    @Message
    String resend();

    @Message
    String callInstead();

    @Message
    String textInstead();

    @Message
    String resendReady();

    @Message
    String resendOver();

    @Message
    String nameHeading();

    @Message
    String nameText(String client);

    @Message
    String nameLabel();

    @Message
    String numberEmpty();

    @Message
    String numberInvalid();

    @Message
    String numberWithoutCountry();

    @Message
    String numberOfNoCountry();

    @Message
    String numberTooShort();

    @Message
    String numberTooLong();

    @Message
    String numberUnknown();

    @Message
    String numberFixedLine();

    @Message
    String numberNotMobile();

    @Message
    String numberNotServed();

    @Message
    String numberUnreachable();

    @Message
    String codeMalformed();

    @Message
    String codeWrong();

    @Message
    String codeOver();

    @Message
    String nameEmpty();

    @Message
    String nameTooLong();

    @Message
    String nameInvalid();

    @Message
    String nameLink();

    @Message
    String limited();

    @Message
    String limitedFor(String duration);

    @Message
    String tooEarly();

    @Message
    String tooEarlyFor(String duration);

    @Message
    String proofRequired(String duration);

    @Message
    String seconds(int n);

    @Message
    String minutes(int n);

    @Message
    String hours(int n);

    @Message
    String smsUnavailable();

    @Message
    String smsRejected();

    @Message
    String stuckHeading();

    @Message
    String stuckText();

    @Message
    String clientUnknown();

    @Message
    String redirectUnknown();

    @Message
    String requestInvalid();

    @Message
    String needsSms();

    @Message
    String expiredHeading();

    @Message
    String expiredText();

    @Message
    String beginAgain();

    @Message
    String tryAgain();

    @Message
    String backTo(String client);

    @Message
    String terms();

    @Message
    String privacy();

    @Message
    String help();

    @Message
    String outageHeading();

    @Message
    String outageText();

    @Message
    String faultHeading();

    @Message
    String faultText();
}
