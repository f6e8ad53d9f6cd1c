package io.kriya.setting;

/** Messages of ranges, which complete "NAME takes …". */
public final class Takes {

    public static final String NUMBER = "a whole number from {min} to {max}";
    public static final String PORT = "a port number from {min} to {max}";
    public static final String MILLIS = "whole milliseconds from {min} to {max}";
    public static final String SECONDS = "whole seconds from {min} to {max}";
    public static final String MINUTES = "whole minutes from {min} to {max}";
    public static final String HOURS = "whole hours from {min} to {max}";
    public static final String DAYS = "whole days from {min} to {max}";

    private Takes() {}
}
