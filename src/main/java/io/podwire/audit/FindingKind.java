package io.podwire.audit;

/// Which promise is broken. The names are published: scripts go by them.
public enum FindingKind {
    /// A settled command has no terminal event.
    NO_ANSWER,
    /// A record on the command topic has more than one terminal event.
    ANSWERED_TWICE,
    /// Two records brought the same command, and the second was not answered as a duplicate.
    ID_ANSWERED_TWICE,
    /// A duplicate names a first record that cannot be one.
    DUPLICATE_OF_NOTHING,
    /// An event comes from no command, or names another one than its record holds.
    EVENT_WITHOUT_CAUSE,
    /// An event is not in the partition of its command.
    WRONG_PARTITION,
    /// A transition or a log chunk was told before its command was answered or accepted.
    TOLD_BEFORE_ANSWER,
    /// Something of a command was told after its answer.
    TOLD_AFTER_ANSWER,
    /// Two commands of one pod took effect against the order of the topic.
    ORDER_INVERTED,
    /// A command was carried out that had expired before it could be begun.
    EXPIRED_EXECUTED,
    /// Transitions of a pod are missing.
    SEQ_HOLE,
    /// A transition of a pod is there twice.
    SEQ_REPEATED,
    /// A transition begins in another state than the one before it ended in.
    FROM_DISAGREES,
    /// The first outcome of a pod was contradicted without being called an anomaly.
    OUTCOME_CHANGED,
    /// A pod that had a node was told to be deleted, and neither how it ended nor that nobody knows.
    END_MISSING,
    /// A pod was told of after it was told to be deleted.
    AFTER_DELETED,
    /// A new pod of a name began before the one before it was told to be deleted.
    UID_BEFORE_DELETED,
    /// One create has made two pods.
    CREATED_TWICE,
    /// Log chunks of a session, or gaps that its answer counts, are missing.
    CHUNK_MISSING,
    /// A log chunk of a session is there twice.
    CHUNK_REPEATED,
    /// A session was answered as complete, but no chunk of a container says that it is the last.
    LAST_MISSING,
    /// A container's log went on after its last chunk.
    CHUNK_AFTER_LAST,
    /// Only a part of a transaction is there.
    TORN_TRANSACTION,
    /// The state of a pod says another thing than its events.
    STATE_DISAGREES,
    /// A record is none that Podwire writes.
    UNREADABLE
}
