/**
 * Users at work in a closed loop, whatever the work is. A {@link dev.weir.server.load.Lane} is a pool under load: its users
 * and what became of their operations. {@link dev.weir.server.load.Work} is what one user does through the pool, an
 * operation at a time, and how its failures are to be understood; {@link dev.weir.server.load.VirtualUsers} set everybody
 * to work and pause who was turned away.
 */
@NullMarked
package dev.weir.server.load;

import org.jspecify.annotations.NullMarked;
