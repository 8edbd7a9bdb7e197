package dev.weir.socketio;

/**
 * What a connection holds.
 *
 * @param address its client's address
 * @param heap bytes of heap, estimated from what it keeps
 * @param queued bytes that wait for it, what it shares with others counted in full
 * @param kernelLimit the most bytes that the kernel's send buffer may hold for it; zero: as the system likes
 */
public record ConnectionBytes(String address, long heap, long queued, long kernelLimit) {}
