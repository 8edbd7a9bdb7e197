@NullMarked
package dev.weir.socketio;

import org.jspecify.annotations.NullMarked;
