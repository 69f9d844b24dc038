package org.maraudersmap.server.incidents;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.maraudersmap.eventlog.UserSnapshot;
import org.maraudersmap.server.identity.DemoUsers;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.Role;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A dozen incidents on a map that is still empty, while DEMO_DATA is on. They are reported and changed by the demo
 * users
 * like all others, so they have their events too; all in one transaction, so a start that is cut short leaves none.
 */
@Component
final class DemoIncidents implements InitializingBean {
    private final DemoUsers users;
    private final IncidentService service;
    private final IncidentRepository repository;
    private final ObjectProvider<DemoIncidentListener> listeners;
    private final TransactionTemplate transactions;
    private final Clock clock;

    DemoIncidents(
            DemoUsers users,
            IncidentService service,
            IncidentRepository repository,
            ObjectProvider<DemoIncidentListener> listeners,
            TransactionTemplate transactions,
            Clock clock) {
        this.users = users;
        this.service = service;
        this.repository = repository;
        this.listeners = listeners;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public void afterPropertiesSet() {
        if (users.areDemoUsersSwitchedOn()) {
            transactions.executeWithoutResult(_ -> {
                if (repository.lockTableIfStillEmpty()) {
                    reportIncidentsOfDemoUsers();
                }
            });
        }
    }

    private void reportIncidentsOfDemoUsers() {
        var people = users.findSnapshotsOfDemoUsers()
                .stream()
                .collect(Collectors.toMap(UserSnapshot::email, Function.identity()));
        if (people.isEmpty()) {
            return;
        }
        for (var demo : Demo.values()) {
            reportIncidentOfDemoUser(demo, mail -> actor(people.getOrDefault(mail, people.values().iterator().next())));
        }
    }

    private void reportIncidentOfDemoUser(Demo demo, Function<String, Actor> actors) {
        var report = new IncidentReport(demo.title, demo.description, demo.severity, demo.location);
        var id = service.reportIncidentWithEvent(report, actors.apply(demo.reporter.mail), Optional.empty()).id();
        var moody = actors.apply(Person.MOODY.mail);
        if (demo.assignee != Person.NOBODY) {
            var assignee = actors.apply(demo.assignee.mail).userId();
            service.assignIncidentToUser(id, assignee, moody, VersionTags.every());
        }
        listeners.forEach(listener -> listener.onDemoIncident(id, demo.title, actors));
        switch (demo.status) {
            case OPEN -> {
            }
            case IN_PROGRESS -> moveIncidentToStatus(id, Status.IN_PROGRESS, moody);
            case RESOLVED -> service.resolveIncidentWithReason(id, demo.resolution, moody, VersionTags.every());
            case ARCHIVED -> {
                service.resolveIncidentWithReason(id, demo.resolution, moody, VersionTags.every());
                moveIncidentToStatus(id, Status.ARCHIVED, moody);
            }
        }
    }

    private void moveIncidentToStatus(long id, Status status, Actor actor) {
        service.editIncidentWithEvents(
                id, IncidentEdit.to(status), actor, VersionTags.every());
    }

    private Actor actor(UserSnapshot user) {
        return new Actor(user, Role.valueOf(user.role()), UUID.randomUUID(), clock.instant());
    }

    private enum Person {
        NOBODY(""),
        MOODY("alastor.moody@hogwarts.edu"),
        HERMIONE("hermione.granger@hogwarts.edu"),
        DRACO("draco.malfoy@hogwarts.edu"),
        HARRY("harry.potter@hogwarts.edu"),
        LUNA("luna.lovegood@hogwarts.edu");

        private final String mail;

        Person(String mail) {
            this.mail = mail;
        }
    }

    private enum Demo {
        BARRIER("The barrier will not open", "Two trolleys crashed into it at five to eleven.", Severity.SUSPICIOUS,
                Location.PLATFORM_9_3_4, Status.ARCHIVED, Person.HARRY, Person.NOBODY, "A house-elf had sealed it."),
        PIXIES("Cornish pixies loose in the Defence classroom", "Professor Lockhart has left by the door.",
                Severity.MISCHIEF, Location.HOGWARTS, Status.RESOLVED, Person.HERMIONE, Person.HERMIONE,
                "Immobulus, and back into the cage."),
        MEMOS("Memos nest in the lifts", "Level four is full of paper aeroplanes.", Severity.MISCHIEF,
                Location.MINISTRY, Status.OPEN, Person.LUNA, Person.NOBODY, ""),
        HAND("Somebody asks for a Hand of Glory", "At Borgin and Burkes, and in a hurry.", Severity.SUSPICIOUS,
                Location.KNOCKTURN_ALLEY, Status.OPEN, Person.HARRY, Person.NOBODY, ""),
        NECKLACE("Cursed necklace in a parcel", "A student has touched it on the way back from the Three Broomsticks.",
                Severity.SERIOUS, Location.HOGSMEADE, Status.RESOLVED, Person.HARRY, Person.MOODY,
                "Locked away; the student recovers at St Mungo's."),
        VAULT("Alarm at vault 713", "The vault had been emptied that very morning.", Severity.SERIOUS,
                Location.DIAGON_ALLEY, Status.IN_PROGRESS, Person.HERMIONE, Person.DRACO, ""),
        SPIDERS("Acromantulas beyond their hollow", "Seen as near as the pumpkin patch.", Severity.DANGEROUS,
                Location.FORBIDDEN_FOREST, Status.OPEN, Person.LUNA, Person.NOBODY, ""),
        TROLL("Troll in the dungeons", "Thought you ought to know.", Severity.DANGEROUS, Location.HOGWARTS,
                Status.IN_PROGRESS, Person.HERMIONE, Person.MOODY, ""),
        WILLOW("The Whomping Willow has hit a car", "A blue Ford Anglia, last seen driving into the forest.",
                Severity.MISCHIEF, Location.HOGWARTS, Status.OPEN, Person.DRACO, Person.HERMIONE, ""),
        DEMENTORS("Dementors at the Quidditch pitch", "They came through the clouds during the match.",
                Severity.CRITICAL, Location.HOGWARTS, Status.IN_PROGRESS, Person.LUNA, Person.MOODY, ""),
        ESCAPE("Empty cell in the high security wing", "The bars are whole; the guards sensed only a dog.",
                Severity.CRITICAL, Location.AZKABAN, Status.OPEN, Person.MOODY, Person.MOODY, ""),
        MARK("Dark Mark above the forest", "Green smoke, a skull, a snake. Nobody goes there alone.",
                Severity.UNFORGIVABLE, Location.FORBIDDEN_FOREST, Status.OPEN, Person.MOODY, Person.NOBODY, "");

        private final String title;
        private final String description;
        private final Severity severity;
        private final Location location;
        private final Status status;
        private final Person reporter;
        private final Person assignee;
        private final String resolution;

        Demo(
                String title,
                String description,
                Severity severity,
                Location location,
                Status status,
                Person reporter,
                Person assignee,
                String resolution) {
            this.title = title;
            this.description = description;
            this.severity = severity;
            this.location = location;
            this.status = status;
            this.reporter = reporter;
            this.assignee = assignee;
            this.resolution = resolution;
        }
    }
}
