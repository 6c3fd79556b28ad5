package dev.yumen.server.settings;

import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Text becomes a tree with places (YAML 1.2). The tree is no larger than the text: aliases are
 * refused, because a few of them can unfold to gigabytes, and nesting has a limit.
 */
final class Yaml {
  private static final int DEEPEST = 32;

  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setSchema(new CoreSchema())
          .setAllowNonScalarKeys(true)
          .setCodePointLimit(Integer.MAX_VALUE)
          .build();

  private Yaml() {}

  /** Returns the one document of the text; null when there is none, or after a problem. */
  static @Nullable Node tree(String text, Source source) {
    try {
      return isBounded(text, source)
          ? new Compose(SETTINGS).composeString(text).orElse(null)
          : null;
    } catch (MarkedYamlEngineException e) {
      source.problem(
          line(e.getProblemMark()),
          column(e.getProblemMark()),
          "This is not YAML: " + problem(e) + "." + hint(text, e.getProblemMark()));
    } catch (ReaderException e) {
      int end = text.offsetByCodePoints(0, Math.min(e.getPosition(), codePoints(text)));
      String before = text.substring(0, end);
      source.problem(
          (int) before.lines().count() + (before.endsWith("\n") || before.isEmpty() ? 1 : 0),
          end - before.lastIndexOf('\n'),
          "This is not YAML: there is a control character.");
    } catch (YamlEngineException e) {
      source.problem(1, 1, "This is not YAML: the file says it is of an unknown version.");
    }
    return null;
  }

  private static boolean isBounded(String text, Source source) {
    var open = new ArrayDeque<Event>();
    for (Event event : new Parse(SETTINGS).parseString(text)) {
      String problem = null;
      if (event instanceof CollectionStartEvent) {
        open.push(event);
        problem = open.size() > DEEPEST ? "This is nested too deeply." : null;
      } else if (event instanceof CollectionEndEvent) {
        open.pop();
      } else if (event instanceof AliasEvent) {
        problem = "Aliases are not supported; write the value itself.";
      }
      if (problem != null) {
        source.problem(line(event.getStartMark()), column(event.getStartMark()), problem);
        return false;
      }
    }
    return true;
  }

  private static String problem(MarkedYamlEngineException e) {
    // The exception's own message quotes lines of the file, and some problems quote words of it.
    String problem =
        e.getProblem()
            .replaceFirst("(undefined tag handle).*", "$1")
            .replaceFirst("\\. \\(Do not use .*\\)$", "")
            .replaceAll("\\p{Cntrl}+", "")
            .replaceFirst("[.:]$", "");
    return e.getContext() == null || e.getContext().isEmpty()
        ? problem
        : e.getContext() + ", " + problem;
  }

  /** Braces inside braces are the likeliest mistake with references. */
  private static String hint(String text, Optional<Mark> mark) {
    String line = text.lines().skip(line(mark) - 1L).findFirst().orElse("");
    return line.contains("${")
        ? " Inside braces and brackets a reference stands in quotes: \"${env:NAME}\"."
        : "";
  }

  private static int codePoints(String text) {
    return text.codePointCount(0, text.length());
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(one -> one.getLine() + 1).orElse(1);
  }

  private static int column(Optional<Mark> mark) {
    return mark.map(one -> one.getColumn() + 1).orElse(1);
  }
}
