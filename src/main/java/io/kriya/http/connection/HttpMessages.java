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
 * The messages of one connection. A body that is not valid HTTP ends at that point and sets the decoder result of the
 * request to a failure, as an invalid head does. So the client gets a response, and the connection is closed. Adds
 * {@code Date} (RFC 9110, 6.6.1) to every response, also to those of Vert.x itself.
 */
final class HttpMessages extends ChannelDuplexHandler {

    private HttpRequest request;
    private boolean isLast;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (isLast) {
            // Vert.x ignores what follows a request with Connection: close, and would not release its buffers.
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpRequest head) {
            request = head;
        }
        isLast = message instanceof LastHttpContent && !HttpUtil.isKeepAlive(request);
        if (message != request
                && message instanceof HttpContent content
                && content.decoderResult().isFailure()) {
            // Vert.x would close the connection without a response. Wrapped: in a body a long line is no 414 or 431.
            request.setDecoderResult(DecoderResult.failure(
                    new DecoderException(content.decoderResult().cause())));
            content.release();
            isLast = true;
            context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
            return;
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response
                && response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
            response.headers().set(HttpHeaderNames.DATE, ResponseDate.now());
        }
        context.write(message, promise);
    }
}
