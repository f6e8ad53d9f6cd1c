package io.kriya.http.connection;

import io.kriya.error.ErrorCode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;

/**
 * Bounds what connections send before it makes a request: a head, the head of a chunk, what follows the last one. One
 * that is late or has to give way is no request yet that could be answered, so its connection is closed.
 */
// Looked up by Connections.
@Unremovable
@Singleton
class UnfinishedHeads {

    /** Of a byte: short headers take many times what they have on the wire. */
    private static final int PRICE = 32;

    private static final int SMALLEST_READ = 512;
    private static final int FIRST_READ = 1024;
    private static final int LARGEST_READ = 8192;

    private final RequestMemory memory;

    UnfinishedHeads(RequestMemory memory) {
        this.memory = memory;
    }

    /** Begins to watch a connection that has not been read from. */
    void watch(Channel connection) {
        connection
                .config()
                .setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(SMALLEST_READ, FIRST_READ, LARGEST_READ));
        connection.pipeline().addFirst(new Bytes());
    }

    /** Sees what comes in, before it is decoded. */
    private final class Bytes extends ChannelInboundHandlerAdapter {

        private RequestMemory.Share share;
        private Head head;
        private ByteBuf reading;
        private boolean hasDecoded;

        /** What was not decoded yet when the last part of a message was passed on: the next has begun in it. */
        private int left;

        @Override
        public void channelActive(ChannelHandlerContext context) {
            var decoder = context.pipeline().context(HttpRequestDecoder.class);
            if (decoder == null) {
                // The management port, which is for the inside, looks first whether it is spoken to in HTTP/2.
                context.pipeline().remove(this);
                context.fireChannelActive();
                return;
            }
            share = memory.of(context.channel().eventLoop());
            context.pipeline().addAfter(decoder.name(), null, new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext context, Object message) {
                    hasDecoded = true;
                    left = reading != null && reading.refCnt() > 0 ? reading.readableBytes() : 0;
                    release();
                    if (message instanceof ByteBuf undecoded) {
                        // The decoder is gone, and leaves what it had.
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
            share.makeRoom(head, (long) PRICE * size);
            boolean isFurther = head != null;
            hasDecoded = false;
            context.fireChannelRead(message);
            reading = null;
            if (!hasDecoded) {
                grow(context, size, true);
            } else if (isFurther) {
                // Those that were kept have been copied together with these: whether some are left is not known.
                grow(context, size, false);
            } else if (left > 0) {
                grow(context, left, true);
            }
        }

        private void grow(ChannelHandlerContext context, int size, boolean isUnfinished) {
            if (head == null || isUnfinished && !head.isUnfinished) {
                release();
                head = new Head(() -> end(context), isUnfinished);
            }
            if (!share.take(head, (long) PRICE * size)) {
                end(context);
            }
        }

        private void end(ChannelHandlerContext context) {
            context.close();
            // What it has collected; the rest of the connection is gone when the event loop has come round.
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

    private static final class Head extends RequestMemory.Claim {

        private final Runnable end;
        private final boolean isUnfinished;

        private Head(Runnable end, boolean isUnfinished) {
            this.end = end;
            this.isUnfinished = isUnfinished;
        }

        @Override
        boolean hasDeadline() {
            return isUnfinished;
        }

        @Override
        void giveUp(ErrorCode reason) {
            end.run();
        }
    }
}
