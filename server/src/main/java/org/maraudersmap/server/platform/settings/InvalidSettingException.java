package org.maraudersmap.server.platform.settings;

/** A setting with a value that is not allowed; the message is one line that names it, its value and what is allowed. */
public final class InvalidSettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidSettingException(Setting setting, String value, String why) {
        super(
                setting.name()
                        + "="
                        + (setting.isSecret() ? "(secret)" : value)
                        + ": "
                        + why
                        + " Allowed: "
                        + setting.allowed()
                        + ".");
    }
}
