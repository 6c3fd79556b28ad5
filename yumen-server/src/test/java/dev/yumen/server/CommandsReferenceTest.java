package dev.yumen.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The reference of the commands is what they say of themselves. */
class CommandsReferenceTest {
  private static final Path REFERENCE = Path.of("../docs/reference/commands.md");

  @Test
  void the_reference_has_the_help_of_every_command() throws Exception {
    var page = new StringBuilder();
    page.append(
        "# Commands\n\n`./yumen COMMAND` runs from a checkout and builds what is missing.\n");
    for (CommandLine command : withSubcommands(Main.commandLine())) {
      String name = command.getCommandSpec().qualifiedName();
      if (!name.endsWith("help")) {
        page.append("\n## ").append(name).append("\n\n```\n");
        page.append(
            command.getUsageMessage(Ansi.OFF).strip().replace(System.lineSeparator(), "\n"));
        page.append("\n```\n");
      }
    }

    assertThat(Files.readString(REFERENCE)).isEqualTo(page.toString());
  }

  private static List<CommandLine> withSubcommands(CommandLine command) {
    var all = new ArrayList<>(List.of(command));
    command.getSubcommands().values().forEach(sub -> all.addAll(withSubcommands(sub)));
    return all;
  }
}
