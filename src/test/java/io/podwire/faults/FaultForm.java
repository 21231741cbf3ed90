package io.podwire.faults;

/// How much the fault tests do: `-Dpodwire.faults=long` for the record, otherwise what fits into a build.
enum FaultForm {
    SHORT,
    LONG;

    static FaultForm of() {
        return "long".equals(System.getProperty("podwire.faults")) ? LONG : SHORT;
    }

    /// Whether what is measured goes into the page that is kept: the long form always, the short one with
    /// `-Dpodwire.faults=record`.
    static boolean recorded() {
        return of() == LONG || "record".equals(System.getProperty("podwire.faults"));
    }

    String word() {
        return this == LONG ? "long" : "short";
    }

    /// The one or the other, as the form is.
    static int pick(int ofShort, int ofLong) {
        return of() == LONG ? ofLong : ofShort;
    }
}
