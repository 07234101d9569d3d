/// @file
/// How fast a kernel can be at best: what a card can compute and move in a second, and what the
/// kernel wants of it.
/// @see  Williams, Waterman and Patterson, "Roofline", CACM 52(4), 2009
#pragma once

#include "00_course/error.hpp"
#include "00_course/not_started.hpp"
#include "kernels/emulator/counters.hpp"

namespace gradbook {

/// A graphics card, as its data sheet describes it.
struct Card {
  const char* name;         ///< "A100 SXM 40 GB"
  double multiprocessors;   ///< how many are switched on
  double cores;             ///< of each, for numbers in float
  double boost_ghz;         ///< 10⁹ cycles a second, at most
  double bus_bits;          ///< wires to its memory
  double gigabits_per_pin;  ///< 10⁹ bits a second, over each of them
};

/// Of NVIDIA's papers: "A100 Tensor Core GPU Architecture" (2020), "H100 Tensor Core GPU
/// Architecture" (2022), "Ampere GA102 GPU Architecture" (2020).
inline constexpr Card kCards[] = {{"A100 SXM 40 GB", 108, 64, 1.410, 5120, 2.430},
                                  {"H100 SXM", 132, 128, 1.980, 5120, 5.235},
                                  {"RTX 3090", 82, 128, 1.695, 384, 19.5}};

/// What a card does at most in a second.
struct Peak {
  double flops;  ///< additions and multiplications
  double bytes;  ///< read from its memory, or written
};

/// What a kernel has to do.
struct Work {
  double flops;  ///< additions and multiplications, at least 0
  double bytes;  ///< that it reads from memory and writes to it, at least 0
};

/// What a kernel waits for.
enum class Bound {
  memory,  ///< left of the ridge
  compute  ///< at the ridge, and right of it
};

// ---- exercise 9.14 ------------------------------------------------------------------------------

/// x, which all functions below demand of peaks, of times, and of what a card has.
/// @param what  the name of the number, for the message
/// @throws RangeError  where x is 0, negative, infinite or NaN; it names the number and its value
double positive(const char* what, double x);

/// Each core multiplies and adds in every cycle, and each wire brings a bit at a time.
/// @throws RangeError  where a number of the card is not positive
Peak peak_of(const Card& card);

/// FLOP for each byte of memory.
/// @throws RangeError  where there are no bytes, or where a number of `work` is negative, infinite
///                     or NaN
double intensity(const Work& work);

/// The intensity from which on a card can compute all the time.
/// @throws RangeError  where a number of `peak` is not positive
double ridge_point(const Peak& peak);

/// The roof: how many FLOP/s a kernel of this intensity can reach.
/// @param peak       of the card
/// @param intensity  FLOP for each byte, at least 0; 0 for a copy
/// @throws RangeError  where a number of `peak` is not positive, or the intensity is negative or
///                     NaN
double attainable_flops(const Peak& peak, double intensity);

/// On which side of the ridge. @throws RangeError  as attainable_flops
Bound bound_of(const Peak& peak, double intensity);

/// The product of an m × k and a k × n matrix of floats, computed tile by tile: for a tile of
/// C, of t × t numbers or what is left at an edge, t rows of A and t columns of B are read once,
/// and its numbers are written once. A naive kernel has tiles of 1; where one tile holds all of C,
/// everything is read once, and nothing can do with less.
/// @param m     rows of C, at least 0
/// @param n     columns of C, at least 0
/// @param k     at least 0
/// @param tile  t, at least 1
/// @returns     2mnk FLOP: an addition counts as much as a multiplication
/// @throws RangeError  where a size is negative, or the tile less than 1
Work gemm_work(int m, int n, int k, int tile);

/// What a launch did, by its counters: the sectors of 32 bytes that its warps touched, where they
/// were counted; else the bytes that its threads asked for.
/// @param flops     which nobody counts: from the formula, at least 0
/// @param counters  of the launch
/// @throws RangeError  where no byte was counted, or where `flops` is negative, infinite or NaN
Work counted_work(double flops, const KernelCounters& counters);

/// The shortest time in which a card can do it, in seconds: it computes and moves bytes at once.
/// @throws RangeError  where a number of `peak` is not positive, or one of `work` is negative,
///                     infinite or NaN
double predicted_seconds(const Peak& peak, const Work& work);

/// The predicted time as a part of the measured one: 1 at the roof, 0.5 where it took twice as
/// long. More than 1 says that bytes came from a cache, or that less was done than said.
/// @throws RangeError  as predicted_seconds, and where `seconds` is not positive
double share_of_roof(const Peak& peak, const Work& work, double seconds);

}  // namespace gradbook
