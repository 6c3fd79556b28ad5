package dev.yumen.server.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * The channel beneath a connection of the HTTP library, where that leaves something to be done. On
 * the loop only.
 */
public final class Wire {
  private Wire() {}

  /** Prepares a connection, of a caller or to a provider, that was just opened. */
  public static void prepare(HttpConnection connection) {
    if (isHttp1(connection) && connection instanceof ConnectionBase base) {
      ChannelHandlerContext context = base.channelHandlerContext();
      context.pipeline().addBefore(context.name(), "contents", Contents.COPIED);
    }
  }

  /**
   * Closes an HTTP/1 connection without waiting until the other side has taken what was written,
   * which the library's own close does, forever if need be.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // whoever must know is told by the connection
  public static void cut(HttpConnection connection) {
    if (isHttp1(connection) && connection instanceof ConnectionBase base) {
      var _ = base.channelHandlerContext().close();
    } else {
      connection.close();
    }
  }

  /**
   * Reads on from an HTTP/1 connection or does not; returns false when the connection is none, and
   * shares itself among several. To be preferred to the library's own pause, which reads on for a
   * while, and when the connection is closed meanwhile forgets what it has read.
   */
  public static boolean read(HttpConnection connection, boolean on) {
    if (isHttp1(connection) && connection instanceof ConnectionBase base) {
      base.channelHandlerContext().channel().config().setAutoRead(on);
      return true;
    }
    return false;
  }

  private static boolean isHttp1(HttpConnection connection) {
    return connection.protocolVersion() != HttpVersion.HTTP_2;
  }

  /**
   * Brings bodies into memory the garbage collector frees. The library does so itself, but only
   * when it looks at them: what waits on a paused connection is never given back when that closes.
   */
  @ChannelHandler.Sharable
  private static final class Contents extends ChannelInboundHandlerAdapter {
    private static final Contents COPIED = new Contents();

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpContent content && content.content().isReadable()) {
        byte[] bytes = ByteBufUtil.getBytes(content.content());
        HttpContent copied = content.replace(Unpooled.wrappedBuffer(bytes));
        content.release();
        context.fireChannelRead(copied);
      } else {
        context.fireChannelRead(message);
      }
    }
  }
}
