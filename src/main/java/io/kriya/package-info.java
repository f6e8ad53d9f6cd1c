/** Kriya's entry point, its clock, and how it starts and ends. */
package io.kriya;
