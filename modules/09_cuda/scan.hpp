/// @file
/// Running sums: for each number what it and those before it come to.
#pragma once

#include "00_course/not_started.hpp"
#include "kernels/device.hpp"

namespace gradbook {

// ---- exercise 9.5 -------------------------------------------------------------------------------

/// Whether a running sum counts its own number.
enum class Scan {
  inclusive,  ///< y[i] = x[0] + … + x[i]
  exclusive   ///< y[i] = x[0] + … + x[i − 1], and y[0] = 0
};

/// Scans the numbers of each block on its own: y[i] is the sum of those x of the same block that
/// come before i, and of x[i] where `kind` is inclusive. Thread i of the grid has number i.
///
/// Sums are added up, and none is taken away from another: what comes after a number does not
/// change its sum, not even if it is infinite. The order in which numbers are added depends on
/// their places alone. Blocks have 1 to 1024 threads, any number of them.
/// @param kind    inclusive or exclusive
/// @param x       (n)
/// @param y       (n), overwritten; it may be x
/// @param totals  (blocks of the grid), overwritten by the sum of each block; or nullptr, and then
///                nobody wants to know
/// @param n       at least 0, and at most as many as there are threads
/// @complexity    at most 2 ⌈log₂ block⌉ + 2 barriers
/// @see           [Hillis]; chapter 09, "What came before"
__global__ void scan_block_kernel(Scan kind, const float* x, float* y, float* totals, int n);

/// y[i] += offsets[b] for the numbers i < n of each block b. Thread i of the grid has number i.
/// @param y        (n), changed in place
/// @param offsets  (blocks of the grid)
/// @param n        at least 0, and at most as many as there are threads
__global__ void add_offsets_kernel(float* y, const float* offsets, int n);

/// Running sums of any count of numbers of the device: scans blocks, scans their totals in the same
/// way, however many these are, and adds to each block what comes before it.
/// @param kind     inclusive or exclusive
/// @param x        (n), in memory of the device
/// @param y        (n), in memory of the device, overwritten; it may be x
/// @param n        at least 0; for 0 nothing is launched
/// @param threads  of each block
/// @throws DeviceError  where threads is not 2 to 1024: "scan_on_device: blocks of 1 threads: …"
/// @see            chapter 09, "What came before"
void scan_on_device(Scan kind, const float* x, float* y, int n, unsigned threads = 256);

}  // namespace gradbook
