package dev.yumen.server.command;

import dev.yumen.privacy.detection.StructuredDetector;
import dev.yumen.privacy.evaluation.Corpus;
import dev.yumen.privacy.evaluation.Evaluation;
import dev.yumen.privacy.evaluation.Generator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code yumen privacy}: measures the detection of personal data and secrets. */
@Command(
    name = "privacy",
    description = "Measure the detection of personal data and secrets.",
    footer = {"", "Exit codes: 0 done, 1 failed (one sentence says why), 2 wrong usage."},
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class PrivacyCommand implements Runnable {
  private static final int USUAL_COUNT = 10_000;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do: evaluate or generate.");
  }

  @Command(
      name = "evaluate",
      description = {
        "Print precision, recall and F1 with 95 %% intervals, per type and per part of the corpus.",
        "Without a file the built-in generator is measured."
      },
      footer = {"", "The form of the lines is described in docs/reference/evaluation.md."},
      mixinStandardHelpOptions = true)
  int evaluate(
      @Parameters(
              arity = "0..*",
              paramLabel = "FILE",
              description = "Labelled texts, one JSON object a line.")
          @Nullable List<Path> files,
      @Option(
              names = "--match",
              defaultValue = "exact",
              converter = MatchReader.class,
              paramLabel = "MATCH",
              description =
                  "When a finding is right: exact, for the same place; overlap, for any character in"
                      + " common. Default: ${DEFAULT-VALUE}.")
          Evaluation.Match match,
      @Option(
              names = "--errors",
              defaultValue = "0",
              paramLabel = "COUNT",
              description =
                  "Print that many wrong and missed places, with the text: mind who reads it."
                      + " Default: none.")
          int errors,
      @Option(
              names = "--seed",
              defaultValue = "1",
              paramLabel = "NUMBER",
              description = "Decides what is generated. Default: ${DEFAULT-VALUE}.")
          long seed,
      @Option(
              names = "--count",
              defaultValue = "" + USUAL_COUNT,
              paramLabel = "COUNT",
              description = "How many texts to generate. Default: ${DEFAULT-VALUE}.")
          int count) {
    return orFail(() -> {
      var report = new Errors(out(), errors);
      var evaluation =
          new Evaluation(
              new StructuredDetector(),
              match,
              (sample, f) ->
                  report.print("wrong", f.type().id(), sample.text(), f.start(), f.end()),
              (sample, s) ->
                  report.print("missed", s.type().id(), sample.text(), s.start(), s.end()));
      if (files == null || files.isEmpty()) {
        new Generator(new SplittableRandom(seed)).generate(count, evaluation::add);
      } else {
        for (var file : files) {
          read(file, evaluation);
        }
      }
      out().print(evaluation.table());
    });
  }

  @Command(
      name = "generate",
      description = "Print synthetic labelled texts; every value in them belongs to nobody.",
      mixinStandardHelpOptions = true)
  int generate(
      @Option(
              names = "--seed",
              defaultValue = "1",
              paramLabel = "NUMBER",
              description = "The same number gives the same texts. Default: ${DEFAULT-VALUE}.")
          long seed,
      @Option(
              names = "--count",
              defaultValue = "" + USUAL_COUNT,
              paramLabel = "COUNT",
              description = "How many texts. Default: ${DEFAULT-VALUE}.")
          int count) {
    return orFail(() ->
        new Generator(new SplittableRandom(seed))
            .generate(count, sample -> out().println(Corpus.line(sample))));
  }

  private static void read(Path file, Evaluation evaluation) throws IOException {
    try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      Corpus.read(reader, evaluation::add);
    } catch (NoSuchFileException e) {
      throw new IOException(file + " does not exist", e);
    } catch (IOException e) {
      throw new IOException(file + ", " + e.getMessage(), e);
    }
  }

  /** Reads {@code exact} and {@code overlap}. */
  static final class MatchReader implements CommandLine.ITypeConverter<Evaluation.Match> {
    @Override
    public Evaluation.Match convert(String value) {
      return switch (value) {
        case "exact" -> Evaluation.Match.EXACT;
        case "overlap" -> Evaluation.Match.OVERLAP;
        default -> throw new CommandLine.TypeConversionException("say exact or overlap");
      };
    }
  }

  /** Prints the first errors only. */
  private static final class Errors {
    private final PrintWriter out;
    private int left;

    Errors(PrintWriter out, int left) {
      this.out = out;
      this.left = left;
    }

    void print(String kind, String type, String text, int start, int end) {
      if (left-- > 0) {
        var line =
            text.substring(0, start) + "⟦" + text.substring(start, end) + "⟧" + text.substring(end);
        out.println(kind + " " + type + ": " + line.replace("\n", "\\n"));
      }
    }
  }

  /** Runs the action; an error of a file becomes one sentence and exit code 1. */
  private int orFail(Action action) {
    try {
      action.run();
      out().flush();
      return CommandLine.ExitCode.OK;
    } catch (IOException e) {
      spec.commandLine().getErr().println("yumen privacy: " + e.getMessage() + ".");
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private interface Action {
    void run() throws IOException;
  }
}
