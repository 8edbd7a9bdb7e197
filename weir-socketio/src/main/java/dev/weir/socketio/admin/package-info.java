/**
 * What the page {@code @socket.io/admin-ui} asks of a server: a namespace that tells of sockets, rooms and events and takes
 * orders about them. {@link dev.weir.socketio.admin.AdminUi} puts it on a server. {@code Credentials} lets a page in,
 * {@code ServerStats} makes what every page is told every two seconds, {@code Feed} the news of sockets, described by
 * {@code Descriptions}, and {@code Orders} does what a page asks for. All that is told is bounded, and nothing is made
 * while no page listens.
 */
@NullMarked
package dev.weir.socketio.admin;

import org.jspecify.annotations.NullMarked;
