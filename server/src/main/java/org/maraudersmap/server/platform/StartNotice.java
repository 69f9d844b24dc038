package org.maraudersmap.server.platform;

import java.util.Optional;

/** Something that whoever has started the product should know or do; it is printed once everything is there. */
public interface StartNotice {

    /**
     * The notice, if there is anything to say.
     *
     * @param url
     *            where the product is, without a slash at its end
     */
    Optional<String> describeWhatIsToDo(String url);
}
