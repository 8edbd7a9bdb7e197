package dev.weir.memory;

import java.io.Serializable;
import java.util.List;

/**
 * An owner's memory by the place where it lies. All but {@link #shared} are the owner's alone and may be added up.
 *
 * @param heapExclusive objects that only this owner reaches, without what is in flight
 * @param shared objects that other owners reach as well; counted once for all of them in {@link MemoryReport#shared()}
 * @param inFlight objects of results that are open now, such as the rows of a result set
 * @param direct memory outside the heap that buffers hold
 * @param threads stacks of the owner's threads
 * @param kernelSockets socket structures and queued bytes, in the kernel; not a part of the process's resident set
 * @param serverSide what the servers hold for the owner's connections; not a part of this process
 */
public record MemoryColumns(
        MemoryFigure heapExclusive,
        MemoryFigure shared,
        MemoryFigure inFlight,
        MemoryFigure direct,
        MemoryFigure threads,
        MemoryFigure kernelSockets,
        MemoryFigure serverSide)
        implements Serializable {

    /** The columns that may be added up, the server's side first because it is mostly the biggest. */
    public List<MemoryFigure> own() {
        return List.of(serverSide, heapExclusive, inFlight, direct, threads, kernelSockets);
    }

    /** Those of them that are not the server's. */
    List<MemoryFigure> here() {
        return own().subList(1, own().size());
    }

    /** The bytes within this process's resident set that are the owner's alone. */
    public long residentBytes() {
        return heapExclusive.bytes() + inFlight.bytes() + direct.bytes() + threads.bytes();
    }

    /** All bytes that are the owner's alone, wherever they lie. */
    public long totalBytes() {
        return residentBytes() + kernelSockets.bytes() + serverSide.bytes();
    }
}
