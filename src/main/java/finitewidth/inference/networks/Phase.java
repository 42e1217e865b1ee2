package finitewidth.inference.networks;

/** What a chain goes through, in this order. */
enum Phase {
  /** From a draw of the prior, which is its start, to the posterior, τ rising from 0 to 1. */
  ANNEALING,
  /** At τ = 1, while step and frequencies are adapted; nothing is kept. */
  ADAPTING,
  /** At τ = 1, with kernels that do not change. */
  DRAWING,
  /** Back to the prior, by the reversed kernels. */
  RETURNING,
  /** No chain: particles that find out where temperatures are needed. */
  PILOT
}
