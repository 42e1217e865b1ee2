/**
 * The exact posterior of finite networks by Markov chains over their hidden weights, with the last
 * layer integrated out: {@link finitewidth.inference.networks.NetworkChains}.
 *
 * <p>Chains start from annealed draws of the prior, alternate trajectories of Hamiltonian Monte
 * Carlo with sweeps over the neurons of the last hidden layer, and are annealed back for the log
 * evidence. A chain is a task that goes on in rounds.
 */
package finitewidth.inference.networks;
