package dev.hermesreaper.agent.hermes;

import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.process.ProcessDetails;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds out which home each process of one look works in. Most name the same, which is resolved once. */
final class Homes {

    /** The environment variable that names the home of a process. */
    static final String VARIABLE = "HERMES_HOME";

    /** The one that names the home of its user. */
    static final String USER_HOME = "HOME";

    /** Below the home of a user, where nothing else is said. */
    private static final String USUAL = "/.hermes";

    private final Host host;
    private final Map<String, String> named = new HashMap<>();
    private final Map<String, String> ofUsers = new HashMap<>();

    Homes(Host host) {
        this.host = host;
    }

    /** That of the database it has open, else of its environment, else its owner's; two that disagree are none. */
    Home of(ProcessDetails details, Optional<ProcessDetails> owner) {
        Optional<String> open = details.stateDirectory();
        Optional<String> declared = declared(details);
        if (open.isPresent() && details.environment().get(VARIABLE).isPresent() && !open.equals(declared)) {
            return Home.unknown("has " + open.get() + "/state.db open but was started with " + VARIABLE + "="
                    + declared.orElse(""));
        }
        if (open.isPresent()) {
            return Home.at(open.get(), "the state.db it has open");
        }
        if (declared.isPresent()) {
            return Home.at(declared.get(), "its environment");
        }
        Optional<String> ofOwner = owner.isPresent() ? declared(owner.get()) : Optional.empty();
        return ofOwner.isPresent()
                ? Home.at(ofOwner.get(), "its owner's environment")
                : Home.unknown("environment not readable");
    }

    private Optional<String> declared(ProcessDetails details) {
        String name = details.environment().get(VARIABLE).orElse("");
        if (!name.isEmpty()) {
            return Optional.of(resolved(name, "", named));
        }
        Optional<String> user = details.environment().get(USER_HOME);
        return user.isPresent() ? Optional.of(resolved(user.get(), USUAL, ofUsers)) : Optional.empty();
    }

    /** With symbolic links resolved. */
    private String resolved(String place, String below, Map<String, String> known) {
        String resolved = known.get(place);
        if (resolved == null) {
            resolved = host.resolve(place + below);
            known.put(place, resolved);
        }
        return resolved;
    }
}
