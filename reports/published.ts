/**
 * The scaling table that courses on Python's multiprocessing print, to set ours beside it.
 *
 * @module
 */

/** A published run of one program on several numbers of cores. */
export interface PublishedTable {
  /** Which of our kernels solves the same problem. */
  kernel: string;
  /** Where the figures stand, and on what they were taken. */
  source: string;
  /** The size of the problem. */
  size: number;
  /** The printed rows. */
  rows: { cores: number; seconds: number }[];
}

/** Monte-Carlo pi in Python, 10^9 throws; the cores are those of "one particular workstation". */
export const publishedPi: PublishedTable = {
  kernel: "monte-carlo-pi",
  source: "University of Virginia Research Computing, Multiprocessing for Multicore Systems (2020)",
  size: 1_000_000_000,
  rows: [
    { cores: 1, seconds: 402 },
    { cores: 4, seconds: 109.5 },
    { cores: 8, seconds: 60.5 },
    { cores: 16, seconds: 32.5 },
  ],
};
