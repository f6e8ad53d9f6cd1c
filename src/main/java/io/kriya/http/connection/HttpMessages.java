package io.kriya.http.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * The messages of one connection. A body that breaks off in what is no HTTP ends there, and its request is known by its
 * decoder's result, as one is whose head is none: so it is answered, and the connection closed. Every answer has a
 * {@code Date} (RFC 9110, 6.6.1), those of Vert.x too.
 */
final class HttpMessages extends ChannelDuplexHandler {

    private static final HttpDate DATE = new HttpDate();

    private HttpRequest request;
    private boolean isOver;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (isOver) {
            // Vert.x takes nothing after a request that says that it is the last, and would not give back its memory.
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpRequest head) {
            request = head;
        }
        isOver = message instanceof LastHttpContent && !HttpUtil.isKeepAlive(request);
        if (message != request
                && message instanceof HttpContent content
                && content.decoderResult().isFailure()) {
            // Vert.x would close the connection without a word. What is too long in a body is no fault of the head.
            request.setDecoderResult(DecoderResult.failure(
                    new DecoderException(content.decoderResult().cause())));
            content.release();
            isOver = true;
            context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
            return;
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse answer && answer.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
            answer.headers().set(HttpHeaderNames.DATE, DATE.now());
        }
        context.write(message, promise);
    }
}
