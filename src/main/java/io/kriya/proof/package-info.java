/** Proof of work: puzzles that a stranger solves before a message is sent while a limit fills. */
package io.kriya.proof;
