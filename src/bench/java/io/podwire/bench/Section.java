package io.podwire.bench;

import java.util.concurrent.ExecutionException;

/// One part of the page: measures, and tells what came of it.
interface Section {
    Written measure(Stage stage) throws InterruptedException, ExecutionException;
}
