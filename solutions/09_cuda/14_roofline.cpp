#include "09_cuda/roofline.hpp"

#include <algorithm>
#include <cmath>

namespace gradbook {

double positive(const char* what, double x) {
  // SOLUTION BEGIN  ask whether it is right: NaN is neither too small nor too large
  if (x > 0 && std::isfinite(x)) return x;
  throw RangeError(what, " is ", x, ": give a finite number above 0");
  // SOLUTION END
}

Peak peak_of(const Card& card) {
  // SOLUTION BEGIN  two operations a cycle; eight bits are a byte
  const double cores =
      positive("multiprocessors", card.multiprocessors) * positive("cores", card.cores);
  return {2 * cores * positive("boost_ghz", card.boost_ghz) * 1e9,
          positive("bus_bits", card.bus_bits) / 8 *
              positive("gigabits_per_pin", card.gigabits_per_pin) * 1e9};
  // SOLUTION END
}

double intensity(const Work& work) {
  // SOLUTION BEGIN  a quotient, whose numerator may be 0
  if (!(work.flops >= 0) || std::isinf(work.flops))
    throw RangeError("intensity: ", work.flops, " FLOP are no amount of work");
  return work.flops / positive("intensity: the number of bytes", work.bytes);
  // SOLUTION END
}

double ridge_point(const Peak& peak) {
  // SOLUTION BEGIN  where the slope meets the flat roof
  return positive("the peak of FLOP/s", peak.flops) / positive("the peak of bytes/s", peak.bytes);
  // SOLUTION END
}

double attainable_flops(const Peak& peak, double intensity) {
  // SOLUTION BEGIN  the lower of two roofs
  if (!(intensity >= 0)) throw RangeError("an intensity of ", intensity, " FLOP/byte: at least 0");
  return std::min(positive("the peak of FLOP/s", peak.flops),
                  positive("the peak of bytes/s", peak.bytes) * intensity);
  // SOLUTION END
}

Bound bound_of(const Peak& peak, double intensity) {
  // SOLUTION BEGIN  compare with the ridge itself: a roof that was computed is rounded
  attainable_flops(peak, intensity);  // refuses what is no intensity
  return intensity < ridge_point(peak) ? Bound::memory : Bound::compute;
  // SOLUTION END
}

Work gemm_work(int m, int n, int k, int tile) {
  // SOLUTION BEGIN  how often is each matrix read? Products of three sizes are too large for an int
  if (m < 0 || n < 0 || k < 0 || tile < 1)
    throw RangeError("gemm_work: m = ", m, ", n = ", n, ", k = ", k, " in tiles of ", tile);
  const double rows = m, columns = n, inner = k;
  const double down = std::ceil(rows / tile), across = std::ceil(columns / tile);
  return {2 * rows * columns * inner,
          4 * (across * rows * inner + down * inner * columns + rows * columns)};
  // SOLUTION END
}

Work counted_work(double flops, const KernelCounters& counters) {
  // SOLUTION BEGIN  sectors are what memory sends; without them, what threads asked for
  const double asked =
                   static_cast<double>(counters.global_read_bytes + counters.global_write_bytes),
               sent = 32 * static_cast<double>(counters.global_sectors);
  const Work work{flops, sent > 0 ? sent : asked};
  intensity(work);
  return work;
  // SOLUTION END
}

double predicted_seconds(const Peak& peak, const Work& work) {
  // SOLUTION BEGIN  both at once: the longer of two times
  if (!(work.flops >= 0 && work.bytes >= 0) || std::isinf(work.flops) || std::isinf(work.bytes))
    throw RangeError("predicted_seconds: ", work.flops, " FLOP and ", work.bytes, " bytes");
  return std::max(work.flops / positive("the peak of FLOP/s", peak.flops),
                  work.bytes / positive("the peak of bytes/s", peak.bytes));
  // SOLUTION END
}

double share_of_roof(const Peak& peak, const Work& work, double seconds) {
  // SOLUTION BEGIN  what it could have been by what it was
  return predicted_seconds(peak, work) / positive("the measured time", seconds);
  // SOLUTION END
}

}  // namespace gradbook
