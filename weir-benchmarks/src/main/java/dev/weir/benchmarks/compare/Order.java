package dev.weir.benchmarks.compare;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * A piece of work the service is asked to do, and the frame it travels in. The answer is the same frame, with what came of it
 * in the place of the seed: below zero for a failure.
 *
 * @param lane its kind
 * @param user who asks
 * @param number counts the orders of its lane
 * @param intended when it was to be done, in nanoseconds of the clock of whoever ordered it
 * @param seed decides what exactly is done
 */
record Order(Lane lane, int user, int number, long intended, long seed) {

    void write(DataOutputStream out) throws IOException {
        out.writeByte(lane.code());
        out.writeShort(user);
        out.writeInt(number);
        out.writeLong(intended);
        out.writeLong(seed);
    }

    static Order read(DataInputStream in) throws IOException {
        return new Order(Lane.of(in.readByte()), in.readShort(), in.readInt(), in.readLong(), in.readLong());
    }

    Order answered(long result) {
        return new Order(lane, user, number, intended, result);
    }
}
