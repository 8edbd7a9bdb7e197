/**
 * The HTTP part of the load: an {@link dev.weir.server.http.AccountEndpoint} of the run's own on the loopback interface, and
 * {@link dev.weir.server.http.AccountWork}, a user who asks it for accounts and checks that each answer is the one to his
 * question.
 */
@NullMarked
package dev.weir.server.http;

import org.jspecify.annotations.NullMarked;
