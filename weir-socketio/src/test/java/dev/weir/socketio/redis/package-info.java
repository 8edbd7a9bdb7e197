@org.jspecify.annotations.NullMarked
package dev.weir.socketio.redis;
