package io.podwire.audit;

/// What an audit counts. The names are published: scripts go by them.
public enum Counted {
    COMMANDS("commands"),
    /// Commands that have their terminal event.
    ANSWERED("answered"),
    /// Those of them that were answered as duplicates.
    DUPLICATES("duplicates"),
    /// Commands that are settled and still run: awaits, deletes, log sessions.
    OPEN("open"),
    /// Commands that no worker has settled yet.
    WAITING("waiting"),
    EVENTS("events"),
    /// Events of commands before the range: their causes were not looked for.
    EVENTS_OF_EARLIER_COMMANDS("eventsOfEarlierCommands"),
    /// Events of commands after the range.
    EVENTS_OF_LATER_COMMANDS("eventsOfLaterCommands"),
    TRANSITIONS("transitions"),
    /// Pod objects that transitions were told of.
    PODS("pods"),
    /// Transitions that say that something before them is not known.
    GAPS_OF_TRANSITIONS("gapsOfTransitions"),
    LOG_CHUNKS("logChunks"),
    LOG_GAPS("logGaps"),
    TRANSACTIONS("transactions"),
    /// Transactions of which a part lies before what was read: not judged.
    TRANSACTIONS_CUT("transactionsCut"),
    STATES("states"),
    /// States that agree with the events.
    STATES_COMPARED("statesCompared"),
    /// States of which all events lie before what was read: not judged.
    STATES_NOT_COMPARABLE("statesNotComparable");

    private final String published;

    Counted(String published) {
        this.published = published;
    }

    public String published() {
        return published;
    }
}
