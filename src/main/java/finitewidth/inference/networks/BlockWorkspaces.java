package finitewidth.inference.networks;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A workspace for each shape of networks, for one thread. */
final class BlockWorkspaces {
  private final LockstepProblem problem;
  private final Map<List<Integer>, BlockWorkspace> known = new HashMap<>();

  BlockWorkspaces(LockstepProblem problem) {
    this.problem = problem;
  }

  BlockWorkspace of(NetworkShape shape) {
    return known.computeIfAbsent(
        Arrays.stream(shape.widths()).boxed().toList(),
        widths -> new BlockWorkspace(problem, shape));
  }
}
