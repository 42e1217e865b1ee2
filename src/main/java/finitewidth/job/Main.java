package finitewidth.job;

import finitewidth.Library;
import finitewidth.gaussian.activations.Activations;
import finitewidth.job.cli.ClassArchive;
import finitewidth.job.cli.ExitCode;
import finitewidth.job.cli.FullHeap;
import finitewidth.job.cli.Help;
import finitewidth.job.cli.StopSignal;
import finitewidth.job.config.ConfigValues;
import finitewidth.job.config.JobConfig;
import finitewidth.job.config.PredictConfig;
import finitewidth.job.config.ValidateSetup;
import finitewidth.job.config.Verb;
import finitewidth.job.console.Console;
import finitewidth.job.fit.FitJob;
import finitewidth.job.flow.FlowJob;
import finitewidth.job.predict.PredictJob;
import finitewidth.job.run.Job;
import finitewidth.job.run.Provenance;
import finitewidth.job.validate.ValidateJob;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.util.ShutdownHookManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command line: {@code VERB --config FILE [key=value ...]}.
 *
 * <p>Every failure is one sentence on stderr and an exit code of {@link ExitCode}; only what nobody
 * foresaw brings a stack trace.
 */
@Command(
    name = "submit.sh",
    description = "Bayesian inference with neural networks of finite width, on Apache Spark.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class)
public final class Main implements Callable<Integer> {
  private final List<String> activations;

  /** What is to be done where there is something to run, and Spark and Hadoop with it. */
  private final Runnable begin;

  private final FullHeap heap;
  private final Console console;

  @Parameters(index = "0", paramLabel = "VERB", description = "One of ${COMPLETION-CANDIDATES}.")
  private Verb verb;

  @Option(names = "--config", required = true, paramLabel = "FILE", description = "HOCON file.")
  private File config;

  @Parameters(
      index = "1..*",
      paramLabel = "key=value",
      description = "Overrides a key of the file; HOCON, such as network.hidden-widths=[64,64].")
  private List<String> overrides = List.of();

  @Option(
      names = "--dry-run",
      description = "Only say what the job will cost: reads and counts rows, computes nothing.")
  private boolean dryRun;

  @Spec private CommandSpec spec;

  Main(List<String> activations, Runnable begin, FullHeap heap, Console console) {
    this.activations = activations;
    this.begin = begin;
    this.heap = heap;
    this.console = console;
  }

  /** Runs a job and leaves with its exit code. */
  public static void main(String[] args) {
    Console console = Console.standard();
    StopSignal signal = new StopSignal(console);
    int code = run(signal::watch, console, args);
    if (code == ExitCode.DONE.code()) {
      ClassArchive.write();
    }
    signal.leave(code);
  }

  /** Runs a job; the exit code. */
  static int run(Console console, String... args) {
    return run(() -> {}, console, args);
  }

  private static int run(Runnable begin, Console console, String... args) {
    FullHeap heap = new FullHeap();
    CommandLine line = new CommandLine(new Main(Activations.names(), begin, heap, console));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.getCommandSpec().usageMessage().footer(Help.footer()).width(110);
    line.setParameterExceptionHandler((e, given) -> usage(console, e));
    line.setExecutionExceptionHandler((e, command, parsed) -> failed(console, e));
    try {
      return line.execute(args);
    } catch (OutOfMemoryError full) {
      return heap.tell();
    } catch (Error e) {
      // Picocli hands on what is no Exception, and Hadoop's FSError is none.
      return failed(console, e);
    }
  }

  @Override
  public Integer call() throws IOException {
    begin.run();
    Job job = job();
    heap.watch();
    if (dryRun) {
      job.estimate();
    } else {
      job.run();
    }
    return ExitCode.DONE.code();
  }

  private Job job() {
    Provenance provenance = Provenance.of(console, ConfigValues.read(config, overrides));
    return switch (verb) {
      case PREDICT ->
          new PredictJob(PredictConfig.parse(config, overrides, activations), provenance, console);
      case VALIDATE -> {
        ValidateSetup setup = ValidateSetup.parse(config, overrides, activations);
        yield new ValidateJob(setup.job(), setup.validate(), provenance, console);
      }
      case FLOW ->
          new FlowJob(JobConfig.parse(verb, config, overrides, activations), provenance, console);
      case FIT ->
          new FitJob(JobConfig.parse(verb, config, overrides, activations), provenance, console);
    };
  }

  private static int usage(Console console, ParameterException e) {
    String sentence = String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ");
    console.say(sentence + "; see submit.sh --help");
    return ExitCode.CONFIGURATION.code();
  }

  /** Says why in one sentence; the trace only of what should not have happened. */
  static int failed(Console console, Throwable thrown) {
    if (ShutdownHookManager.get().isShutdownInProgress()) {
      // Whatever broke was pulled down; StopSignal says so.
      return ExitCode.STORAGE.code();
    }
    return ExitCode.explained(thrown)
        .map(
            failure -> {
              console.say(failure.sentence().replaceAll("\\s*\\R\\s*", " "));
              return failure.code().code();
            })
        .orElseGet(
            () -> {
              console.say("failed unexpectedly: " + thrown);
              console.trace(thrown);
              return ExitCode.STORAGE.code();
            });
  }

  /** The version that the build wrote into the jar. */
  public static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"finite-width " + Library.version()};
    }
  }
}
