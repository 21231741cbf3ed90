/// What a worker shows over HTTP: whether it lives, is ready, has started, its meters, and the console.
///
/// Entry: [HttpEndpoint]. Opened and closed by `app`, which says what is checked.
@NullMarked
package io.podwire.http;

import org.jspecify.annotations.NullMarked;
