@NullMarked
package dev.weir.socketio.codec;

import org.jspecify.annotations.NullMarked;
