package io.podwire.simulation;

/// What can go wrong, where, and how often in a run in which it goes wrong at all.
enum Fault {
    KILL(Site.STEP, 0.0004),
    STOP(Site.STEP, 0.0002),
    FREEZE(Site.STEP, 0.0004),
    CUT_BROKER(Site.STEP, 0.0003),
    CUT_CLUSTER(Site.STEP, 0.0003),
    STALL(Site.STEP, 0.002),
    REBALANCE(Site.STEP, 0.0003),
    WATCH_CUT(Site.STEP, 0.001),
    POD_DELETED_BY_OTHERS(Site.STEP, 0.0005),
    POD_VANISHES(Site.STEP, 0.0004),

    API_REQUEST_LOST(Site.API, 0.03),
    API_ANSWER_LOST(Site.API, 0.05),
    API_REFUSED(Site.API, 0.02),
    API_500_AFTER_EFFECT(Site.API, 0.02),
    API_503(Site.API, 0.02),
    API_429(Site.API, 0.02),
    API_SLOW(Site.API, 0.03),
    API_KILL(Site.API, 0.006),
    API_FREEZE(Site.API, 0.006),
    API_CUT_BROKER(Site.API, 0.004),

    BROKER_ANSWER_LOST(Site.BROKER, 0.004),
    BROKER_SLOW(Site.BROKER, 0.01),
    BROKER_KILL(Site.BROKER, 0.003),
    BROKER_FREEZE(Site.BROKER, 0.003),

    COMMIT_ANSWER_LOST(Site.COMMIT, 0.03),
    COMMIT_NEVER_ARRIVES(Site.COMMIT, 0.02),
    COMMIT_KILL(Site.COMMIT, 0.015),
    COMMIT_FREEZE(Site.COMMIT, 0.01),
    COMMIT_CUT_BROKER(Site.COMMIT, 0.01),
    COMMIT_REBALANCE(Site.COMMIT, 0.01),

    SEND_REFUSED(Site.SEND, 0.005),
    MARKER_LOST(Site.MARKER, 0.05),
    LOG_CUT(Site.LOG, 0.05);

    private final Site site;
    private final double rate;

    Fault(Site site, double rate) {
        this.site = site;
        this.rate = rate;
    }

    Site site() {
        return site;
    }

    double rate() {
        return rate;
    }

    /// Where it is decided whether something goes wrong.
    enum Site {
        /// Before every step of any thread.
        STEP(0),
        /// A request to the API server.
        API(1),
        /// A request to the brokers.
        BROKER(2),
        /// The end of a transaction.
        COMMIT(3),
        /// A record sent.
        SEND(4),
        /// The marker of an aborted transaction.
        MARKER(5),
        /// Bytes of a log.
        LOG(6);

        /// So many more numbers lie between two decisions of a site.
        static final int PLACES = 7;

        private final int place;

        Site(int place) {
            this.place = place;
        }

        /// The number of a site's decision among those of all.
        long number(long decision) {
            return decision * PLACES + place;
        }
    }
}
