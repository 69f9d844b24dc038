package org.maraudersmap.server.comments;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.maraudersmap.server.incidents.DemoIncidentListener;
import org.maraudersmap.server.platform.Actor;
import org.springframework.stereotype.Component;

/** What the demo users say about the demo incidents. */
@Component
final class DemoComments implements DemoIncidentListener {
    private static final String MOODY = "alastor.moody@hogwarts.edu";
    private static final String HERMIONE = "hermione.granger@hogwarts.edu";
    private static final String DRACO = "draco.malfoy@hogwarts.edu";
    private static final String HARRY = "harry.potter@hogwarts.edu";
    private static final String LUNA = "luna.lovegood@hogwarts.edu";

    private final CommentService service;

    DemoComments(CommentService service) {
        this.service = service;
    }

    /** In the order of the talk. */
    private enum Demo {
        BARRIER("The barrier will not open", HARRY, "It was open for everybody else."),
        PIXIES("Cornish pixies loose in the Defence classroom", LUNA,
                "They only want to be asked politely, @hermione.granger."),
        NECKLACE("Cursed necklace in a parcel", HERMIONE, "Nobody touches the wrapping. @alastor.moody has it."),
        VAULT("Alarm at vault 713", DRACO, "My father says that it had been emptied hours before."),
        TROLL("Troll in the dungeons", HARRY, "It is not in the dungeons any more. Girls' bathroom, second floor!"),
        TROLL_ANSWER("Troll in the dungeons", HERMIONE, "@harry.potter @alastor.moody it likes its club. Mind it."),
        WILLOW("The Whomping Willow has hit a car", LUNA, "The car did not mean to. It is quite shy."),
        DEMENTORS("Dementors at the Quidditch pitch", LUNA, "`Expecto patronum` helped. Ask @harry.potter how."),
        MARK("Dark Mark above the forest", MOODY, "Constant vigilance.");

        private final String title;
        private final String author;
        private final String content;

        Demo(String title, String author, String content) {
            this.title = title;
            this.author = author;
            this.content = content;
        }
    }

    @Override
    public void onDemoIncident(long id, String title, Function<String, Actor> demoUsers) {
        Stream.of(Demo.values())
                .filter(demo -> demo.title.equals(title))
                .forEach(demo -> service.postCommentOnIncident(
                        id, demo.content, demoUsers.apply(demo.author), Optional.empty()));
    }
}
