#include "09_cuda/roofline.hpp"

#include <algorithm>
#include <cmath>

namespace gradbook {

double positive(const char* what, double x) {
  // TODO(9.14): ask whether it is right: NaN is neither too small nor too large
  not_started("9.14");
}

Peak peak_of(const Card& card) {
  // TODO(9.14): two operations a cycle; eight bits are a byte
  not_started("9.14");
}

double intensity(const Work& work) {
  // TODO(9.14): a quotient, whose numerator may be 0
  not_started("9.14");
}

double ridge_point(const Peak& peak) {
  // TODO(9.14): where the slope meets the flat roof
  not_started("9.14");
}

double attainable_flops(const Peak& peak, double intensity) {
  // TODO(9.14): the lower of two roofs
  not_started("9.14");
}

Bound bound_of(const Peak& peak, double intensity) {
  // TODO(9.14): compare with the ridge itself: a roof that was computed is rounded
  not_started("9.14");
}

Work gemm_work(int m, int n, int k, int tile) {
  // TODO(9.14): how often is each matrix read? Products of three sizes are too large for an int
  not_started("9.14");
}

Work counted_work(double flops, const KernelCounters& counters) {
  // TODO(9.14): sectors are what memory sends; without them, what threads asked for
  not_started("9.14");
}

double predicted_seconds(const Peak& peak, const Work& work) {
  // TODO(9.14): both at once: the longer of two times
  not_started("9.14");
}

double share_of_roof(const Peak& peak, const Work& work, double seconds) {
  // TODO(9.14): what it could have been by what it was
  not_started("9.14");
}

}  // namespace gradbook
