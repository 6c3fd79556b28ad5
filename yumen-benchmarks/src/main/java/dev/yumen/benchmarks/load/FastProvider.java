package dev.yumen.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.net.InetSocketAddress;
import java.util.function.LongConsumer;

/**
 * A provider that costs next to nothing: answers are encoded beforehand, requests are read just far
 * enough to know where they end. The query says what is wanted: {@code events} in the stream (none:
 * a whole answer), {@code period} in milliseconds between them (0: one each turn of the event
 * loop), and the {@code id} that is told when the connection of a running stream ends.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a connection that fails is closed and seen so
final class FastProvider implements AutoCloseable {
  private static final int ANSWER_BYTES = 2048;

  private final ByteBuf answer = Wire.answer(ANSWER_BYTES);
  private final ByteBuf streamStart = Wire.streamStart();
  private final Pacer pacer;
  private final LongConsumer onLeft;
  private final Channel door;

  /** Opens it on a free port of the loopback interface. */
  FastProvider(EventLoopGroup loop, LongConsumer onLeft) throws InterruptedException {
    this.pacer = new Pacer(loop.next());
    this.onLeft = onLeft;
    this.door =
        new ServerBootstrap()
            .group(loop)
            .channel(EpollServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 4096)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_RCVBUF, 256 * 1024)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(8192, 16384))
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new Connection());
                  }
                })
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
  }

  int port() {
    return ((InetSocketAddress) door.localAddress()).getPort();
  }

  @Override
  public void close() {
    door.close();
  }

  /** One connection of a relay. */
  private final class Connection extends ChannelInboundHandlerAdapter {
    private final byte[] head = new byte[4096];
    private int length;
    private long bodyLeft;
    private Pacer.@org.jspecify.annotations.Nullable Stream stream;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ByteBuf in = (ByteBuf) message;
      try {
        while (in.isReadable()) {
          if (bodyLeft > 0) {
            int some = (int) Math.min(bodyLeft, in.readableBytes());
            in.skipBytes(some);
            bodyLeft -= some;
          } else if (readHead(in)) {
            bodyLeft = number("\r\ncontent-length: ", 0);
          }
          if (length > 0 && bodyLeft == 0 && isWhole()) {
            answer(ctx);
            length = 0;
          }
        }
      } finally {
        in.release();
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      ctx.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
      pacer.wake();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      Pacer.Stream running = stream;
      if (running != null && !running.over()) {
        running.drop();
        onLeft.accept(running.id());
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }

    /** Takes bytes of the head; true when it is whole. */
    private boolean readHead(ByteBuf in) {
      while (in.isReadable()) {
        head[length++] = in.readByte();
        if (isWhole()) {
          return true;
        }
      }
      return false;
    }

    private boolean isWhole() {
      return length > 4
          && head[length - 1] == '\n'
          && head[length - 2] == '\r'
          && head[length - 3] == '\n'
          && head[length - 4] == '\r';
    }

    private void answer(ChannelHandlerContext ctx) {
      int events = (int) number("&events=", 0);
      if (events == 0) {
        ctx.write(answer.duplicate());
        return;
      }
      ctx.write(streamStart.duplicate());
      stream = pacer.start(ctx.channel(), number("&id=", 0), events, (int) number("&period=", 0));
    }

    /** The decimal number after the text, which is compared without regard to case. */
    private long number(String after, long otherwise) {
      for (int i = 0; i + after.length() < length; i++) {
        int k = 0;
        while (k < after.length() && (head[i + k] | 0x20) == (after.charAt(k) | 0x20)) {
          k++;
        }
        if (k == after.length()) {
          long value = 0;
          for (int d = i + k; head[d] >= '0' && head[d] <= '9'; d++) {
            value = value * 10 + head[d] - '0';
          }
          return value;
        }
      }
      return otherwise;
    }

    @Override
    public String toString() {
      return new String(head, 0, length, US_ASCII);
    }
  }

  /** Prints what is answered, for a look at the bytes. */
  @Override
  public String toString() {
    return ByteBufUtil.prettyHexDump(answer);
  }
}
