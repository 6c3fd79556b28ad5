package dev.yumen.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class SignalsTest {

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void every_hangup_runs_the_action_and_the_process_lives_on() throws Exception {
    var hangups = new Semaphore(0);
    assertThat(Signals.on("HUP", hangups::release)).isTrue();

    for (int i = 0; i < 2; i++) {
      raise();

      assertThat(hangups.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void raise() throws Exception {
    var pid = Long.toString(ProcessHandle.current().pid());
    assertThat(new ProcessBuilder("kill", "-HUP", pid).start().waitFor()).isZero();
  }
}
