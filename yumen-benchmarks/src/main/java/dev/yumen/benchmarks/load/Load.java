package dev.yumen.benchmarks.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Callers on kept connections. In a closed loop each asks again as soon as it has its answer; in an
 * open loop questions come at a fixed rate whatever the answers do, and are timed from the moment
 * they were due.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a connection that fails is closed and seen so
final class Load implements AutoCloseable {
  /** Connections begun in one millisecond, so that no accept queue overflows. */
  private static final int RAMP = 4;

  private final EventLoop loop;
  private final int port;
  private final IntFunction<ByteBuf> questions;
  private final Tally tally;
  private final boolean closedLoop;
  private final List<Connection> connections = new ArrayList<>();
  private final ArrayDeque<Connection> resting = new ArrayDeque<>();
  private final ArrayDeque<Long> due = new ArrayDeque<>();
  private @Nullable ScheduledFuture<?> clock;
  private long asked;
  private boolean closing;

  /**
   * @param questions what each connection asks, by its number
   * @param closedLoop whether an answer is followed by the next question
   */
  Load(EventLoop loop, int port, IntFunction<ByteBuf> questions, Tally tally, boolean closedLoop) {
    this.loop = loop;
    this.port = port;
    this.questions = questions;
    this.tally = tally;
    this.closedLoop = closedLoop;
  }

  /** Opens the connections, a few each millisecond, and returns when all are there. */
  void open(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      int number = i;
      var connecting =
          new Bootstrap()
              .group(loop)
              .channel(EpollSocketChannel.class)
              .option(ChannelOption.TCP_NODELAY, true)
              .handler(
                  new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                      var connection = new Connection(channel, questions.apply(number));
                      connections.add(connection);
                      channel.pipeline().addLast(connection);
                    }
                  })
              .connect("127.0.0.1", port);
      if (i % RAMP == RAMP - 1 || i == count - 1) {
        connecting.sync();
        Thread.sleep(1);
      }
    }
  }

  /** Asks so many questions a second, in an open loop. */
  void pace(int perSecond) {
    onLoop(() -> {
      long began = System.nanoTime();
      clock =
          loop.scheduleAtFixedRate(
              () -> {
                long owed = (System.nanoTime() - began) * perSecond / 1_000_000_000L;
                while (asked < owed) {
                  due.add(began + ++asked * 1_000_000_000L / perSecond);
                }
                askDue();
              },
              1,
              1,
              TimeUnit.MILLISECONDS);
    });
  }

  private void askDue() {
    while (!due.isEmpty() && !resting.isEmpty()) {
      Connection connection = resting.poll();
      connection.ask(due.poll());
      connection.channel.flush();
    }
  }

  /** Hangs up one connection, by its place. */
  void hangUp(int number) {
    connections.get(number).channel.close();
  }

  @Override
  public void close() {
    onLoop(() -> {
      closing = true;
      if (clock != null) {
        clock.cancel(false);
      }
      connections.forEach(one -> one.channel.close());
    });
  }

  private void onLoop(Runnable task) {
    loop.submit(task).syncUninterruptibly();
  }

  private final class Connection extends ChannelInboundHandlerAdapter
      implements AnswerReader.Listener, EventReader.Listener {
    private final Channel channel;
    private final ByteBuf question;
    private final AnswerReader answer = new AnswerReader(this);
    private final EventReader events = new EventReader(this);
    private long askedAt;
    private long counted;
    private boolean begun;

    Connection(Channel channel, ByteBuf question) {
      this.channel = channel;
      this.question = question;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      if (clock == null && closedLoop) {
        ask(System.nanoTime());
        ctx.flush();
      } else {
        resting.add(this);
      }
    }

    void ask(long at) {
      askedAt = at;
      begun = false;
      channel.write(question.duplicate(), channel.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ByteBuf in = (ByteBuf) message;
      try {
        answer.read(in);
      } finally {
        in.release();
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      tally.events(events.events() - counted);
      counted = events.events();
      ctx.flush();
    }

    @Override
    public void body(byte[] bytes, int from, int to) {
      if (!begun) {
        begun = true;
        tally.firstByte(System.nanoTime() - askedAt);
      }
      events.read(bytes, from, to);
    }

    @Override
    public void stamped(long nanos) {
      tally.delayed(System.nanoTime() - nanos);
    }

    @Override
    public void end(int status) {
      tally.answered(status, System.nanoTime() - askedAt);
      if (closedLoop) {
        ask(System.nanoTime());
      } else {
        resting.add(this);
        askDue();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      if (!closing) {
        tally.lost();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      tally.lost();
      ctx.close();
    }
  }
}
