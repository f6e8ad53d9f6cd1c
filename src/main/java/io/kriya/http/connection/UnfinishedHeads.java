package io.kriya.http.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;

/**
 * Limits the memory of what is not a request yet: an incomplete head, chunk header or trailer. When it is late or
 * evicted, there is no request to respond to, so its connection is closed.
 */
// Looked up by ConnectionInitializer.
@Unremovable
@Singleton
class UnfinishedHeads {

    /** Bytes of heap per byte: short headers cost many times their size on the wire. */
    private static final int COST_PER_BYTE = 32;

    private static final int SMALLEST_READ = 512;
    private static final int FIRST_READ = 1024;
    private static final int LARGEST_READ = 8192;

    private final RequestMemory memory;

    UnfinishedHeads(RequestMemory memory) {
        this.memory = memory;
    }

    /** Watches a new connection, before its first read. */
    void watch(Channel connection) {
        connection
                .config()
                .setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(SMALLEST_READ, FIRST_READ, LARGEST_READ));
        connection.pipeline().addFirst(new Bytes());
    }

    /** Counts bytes before they are decoded. */
    private final class Bytes extends ChannelInboundHandlerAdapter {

        private RequestMemory.Share share;
        private RequestMemory.Claim head;
        private ByteBuf reading;
        private boolean isDecoded;

        /** The bytes behind the last decoded message: the beginning of the next one. */
        private int left;

        @Override
        public void channelActive(ChannelHandlerContext context) {
            var decoder = context.pipeline().context(HttpRequestDecoder.class);
            if (decoder == null) {
                // The management port, which is internal, first detects HTTP/2.
                context.pipeline().remove(this);
                context.fireChannelActive();
                return;
            }
            share = memory.of(context.channel().eventLoop());
            context.pipeline().addAfter(decoder.name(), null, new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext context, Object message) {
                    isDecoded = true;
                    left = reading != null && reading.refCnt() > 0 ? reading.readableBytes() : 0;
                    release();
                    if (message instanceof ByteBuf undecoded) {
                        // The rest of a decoder that was removed.
                        undecoded.release();
                    } else {
                        context.fireChannelRead(message);
                    }
                }
            });
            context.fireChannelActive();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            reading = (ByteBuf) message;
            int size = reading.readableBytes();
            share.makeRoom(head, (long) COST_PER_BYTE * size);
            boolean isContinued = head != null;
            isDecoded = false;
            context.fireChannelRead(message);
            reading = null;
            if (!isDecoded) {
                grow(context, size, true);
            } else if (isContinued) {
                // The decoder has merged the buffers: whether bytes are left is unknown.
                grow(context, size, false);
            } else if (left > 0) {
                grow(context, left, true);
            }
        }

        private void grow(ChannelHandlerContext context, int size, boolean isIncomplete) {
            if (head == null || isIncomplete && !head.hasTimeout()) {
                release();
                head = new RequestMemory.Claim(_ -> end(context), isIncomplete);
            }
            if (!share.take(head, (long) COST_PER_BYTE * size)) {
                end(context);
            }
        }

        private void end(ChannelHandlerContext context) {
            context.close();
            // Frees its buffer now; the rest of the connection is freed by the event loop later.
            if (!context.isRemoved() && context.pipeline().get(HttpRequestDecoder.class) != null) {
                context.pipeline().remove(HttpRequestDecoder.class);
            }
            release();
        }

        private void release() {
            if (head != null) {
                share.release(head);
                head = null;
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            context.fireChannelInactive();
            release();
        }
    }
}
