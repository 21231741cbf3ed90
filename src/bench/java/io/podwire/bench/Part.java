package io.podwire.bench;

/// Who has processor time while pods are created.
enum Part {
    ARM("the arm"),
    COMPILERS("its compilers"),
    API_SERVER("API server"),
    CLUSTER("the rest of the cluster"),
    BROKER("broker"),
    LOAD("sends and reads"),
    OTHERS("others");

    private final String title;

    Part(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
