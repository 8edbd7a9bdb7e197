@org.jspecify.annotations.NullMarked
package dev.weir.socketio.admin;
